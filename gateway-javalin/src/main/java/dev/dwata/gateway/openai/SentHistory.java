package dev.dwata.gateway.openai;

import dev.dwata.gateway.openai.ChatMessage.Role;
import dev.dwata.types.wire.AttachmentParams;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// The conversation that a request brings along: what was said before, and what is to be answered now.
final class SentHistory {
    private static final String SEPARATOR = "\n\n";

    private final String instructions;
    private final List<Round> before = new ArrayList<>();
    private final List<ChatMessage> now = new ArrayList<>();

    /// What a user said, and what was answered.
    record Round(List<ChatMessage> messages, String user, String assistant) {}

    SentHistory(List<ChatMessage> messages) {
        List<ChatMessage> said = messages.stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .toList();
        this.instructions = join(messages.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .toList());
        if (said.isEmpty() || said.getLast().role() == Role.ASSISTANT) {
            throw new BadRequest("messages", "the last of the messages must be the user's or a tool's");
        }
        int last = said.size() - 1;
        while (last >= 0 && said.get(last).role() != Role.ASSISTANT) {
            last--;
        }
        now.addAll(said.subList(last + 1, said.size()));
        int from = 0;
        for (int i = 1; i <= last + 1; i++) {
            boolean begins = i <= last
                    && said.get(i).role() == Role.USER
                    && said.get(i - 1).role() != Role.USER;
            if (begins || i == last + 1) {
                before.add(round(said.subList(from, i)));
                from = i;
            }
        }
    }

    private static Round round(List<ChatMessage> messages) {
        return new Round(List.copyOf(messages), join(of(messages, Role.USER)), join(of(messages, Role.ASSISTANT)));
    }

    private static List<ChatMessage> of(List<ChatMessage> messages, Role role) {
        return messages.stream().filter(message -> message.role() == role).toList();
    }

    private static String join(List<ChatMessage> messages) {
        return String.join(
                SEPARATOR,
                messages.stream()
                        .map(ChatMessage::text)
                        .filter(text -> !text.isBlank())
                        .toList());
    }

    List<Round> before() {
        return List.copyOf(before);
    }

    /// What tools have returned since the model called them.
    List<ChatMessage> results() {
        return of(now, Role.TOOL);
    }

    /// What the user says now; empty where only tools have returned.
    String said() {
        return join(of(now, Role.USER));
    }

    List<AttachmentParams> images() {
        return now.stream().flatMap(message -> message.images().stream()).toList();
    }

    /// The ids of the calls that the model waits for.
    List<String> called() {
        return before.isEmpty()
                ? List.of()
                : before.getLast().messages().getLast().calls();
    }

    /// What a session is told first that begins with the rounds up to one, and then this.
    ///
    /// @param rounds how many of those before
    String opening(int rounds, String then) {
        StringBuilder text = new StringBuilder();
        if (!instructions.isEmpty()) {
            text.append("Instructions of the caller:\n").append(instructions).append(SEPARATOR);
        }
        if (rounds > 0) {
            text.append("The conversation so far, as the caller gives it:\n\n");
            before.subList(0, rounds).forEach(round -> round.messages().forEach(message -> told(message, text)));
        }
        if (then.isBlank()) {
            results().forEach(message -> told(message, text));
            return text.append("Go on.").toString();
        }
        return text.isEmpty()
                ? then
                : text.append(rounds > 0 ? "[user] " : "").append(then).toString();
    }

    private static void told(ChatMessage message, StringBuilder text) {
        switch (message.role()) {
            case USER -> text.append("[user] ");
            case ASSISTANT -> text.append("[assistant] ");
            case TOOL -> text.append("[result of a tool] ");
            case SYSTEM -> text.append("[instructions] ");
        }
        text.append(message.text());
        message.images().forEach(image -> text.append(" (an image)"));
        text.append(SEPARATOR);
    }

    /// What all continuations of a conversation have in common: its instructions and its first message.
    String root() {
        String first = before.isEmpty() ? said() : before.getFirst().user();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((instructions.length() + ":" + instructions + first).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /// A title for a session that begins with it.
    String title() {
        return Objects.requireNonNullElse(
                before.isEmpty() ? said() : before.getFirst().user(), "");
    }
}
