package dev.dwata.agent.testing;

import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the strictest provider demands of a conversation, written without regard to how it is brought about.
public final class LegalHistory {
    private final List<Message> messages;
    private final Set<String> ids = new HashSet<>();

    private LegalHistory(List<Message> messages) {
        this.messages = messages;
    }

    /// @throws AssertionError that names the first message a strict provider would refuse, and why
    public static void check(List<Message> messages) {
        new LegalHistory(messages).check();
    }

    private void check() {
        boolean begun = false;
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            begun |= message.role() == Role.USER;
            require(begun || message.role() == Role.SYSTEM, i, "comes before the first message of the user");
            require(!message.parts().isEmpty(), i, "is empty");
            for (Part part : message.parts()) {
                require(belongs(part, message.role()), i, "may not hold " + part);
                checkPart(i, part);
            }
            checkResults(i);
        }
    }

    private static boolean belongs(Part part, Role role) {
        return switch (part) {
            case Part.ToolCall call -> role == Role.ASSISTANT;
            case Part.Reasoning thought -> role == Role.ASSISTANT;
            case Part.ToolResult result -> role == Role.TOOL;
            case Part.Text text -> role != Role.TOOL;
            case Part.Image image -> role != Role.TOOL;
            case Part.File file -> role != Role.TOOL;
            case Part.Unknown unknown -> role != Role.TOOL;
        };
    }

    private void checkPart(int i, Part part) {
        JsonNode json = Json.MAPPER.valueToTree(part);
        checkText(i, json);
        switch (part) {
            case Part.Text text -> require(!text.text().isBlank(), i, "has a blank text");
            case Part.Reasoning thought ->
                require(!thought.text().isBlank() || thought.signature() != null, i, "has a blank thought");
            case Part.ToolCall call -> {
                require(call.id().matches("[A-Za-z0-9_-]{1,64}"), i, "has the id '" + call.id() + "'");
                require(ids.add(call.id()), i, "uses the id '" + call.id() + "' again");
                require(call.name().matches("[A-Za-z0-9_.-]{1,64}"), i, "calls the tool '" + call.name() + "'");
                require(call.arguments().isObject(), i, "has arguments that are no object");
            }
            case Part.ToolResult result -> {}
            case Part.Image image -> {}
            case Part.File file -> {}
            case Part.Unknown unknown -> {}
        }
    }

    private void checkText(int i, JsonNode node) {
        if (node.isString()) {
            checkText(i, node.stringValue());
        }
        node.properties().forEach(field -> checkText(i, field.getKey()));
        node.forEach(child -> checkText(i, child));
    }

    private void checkText(int i, String text) {
        require(text.indexOf('\0') < 0, i, "holds NUL");
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            require(false, i, "holds half a surrogate pair");
        }
    }

    /// Calls are answered by the next message, each once and in their order.
    private void checkResults(int i) {
        if (messages.get(i).role() == Role.TOOL) {
            require(i > 0 && !messages.get(i - 1).toolCalls().isEmpty(), i, "answers no call");
        }
        List<String> called = messages.get(i).toolCalls().stream()
                .map(call -> call.id() + " of " + call.name())
                .toList();
        if (!called.isEmpty()) {
            boolean isLast = i + 1 == messages.size();
            List<String> answered = isLast ? List.of() : answered(messages.get(i + 1));
            require(answered.equals(called), i, "calls " + called + ", and the next answers " + answered);
        }
    }

    private static List<String> answered(Message message) {
        return message.parts().stream()
                .filter(Part.ToolResult.class::isInstance)
                .map(Part.ToolResult.class::cast)
                .map(result -> result.toolCallId() + " of " + result.name())
                .toList();
    }

    private void require(boolean holds, int i, String otherwise) {
        if (!holds) {
            throw new AssertionError("message " + i + " " + otherwise + ": " + messages.get(i));
        }
    }
}
