package dev.dwata.cli.approval;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputId;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputRequest;
import dev.dwata.types.wire.InputView;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What runs wait for, to be found and shown.
public final class OpenInputs {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int SHORTEST = 4;

    private final List<InputRequest> open;

    /// @param open oldest first
    public OpenInputs(List<InputRequest> open) {
        this.open = List.copyOf(open);
    }

    /// The id that was meant.
    ///
    /// @param text a whole id, or at least 4 characters with which exactly one begins or ends
    /// @throws CommandFailure if none or several do
    public InputId id(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        try {
            return new InputId(wanted);
        } catch (IllegalArgumentException e) {
            return abbreviated(wanted);
        }
    }

    private InputId abbreviated(String wanted) {
        if (wanted.length() < SHORTEST) {
            throw CommandFailure.usage("'" + wanted + "' is too short for an id: at least " + SHORTEST
                    + " characters, the whole is inp_<uuid>; 'dwata inputs' lists them");
        }
        List<InputId> meant = open.stream()
                .map(InputRequest::id)
                .filter(id -> id.value().startsWith(wanted)
                        || id.value().startsWith("inp_" + wanted)
                        || id.value().endsWith(wanted))
                .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        throw new CommandFailure(
                ExitCode.FAILED,
                meant.isEmpty()
                        ? "nothing with the id '" + wanted + "' is waited for; 'dwata inputs' lists what is"
                        : "'" + wanted + "' could be any of " + meant.size() + ": write more of the id",
                null);
    }

    public Optional<InputRequest> find(InputId id) {
        return open.stream().filter(request -> request.id().equals(id)).findFirst();
    }

    /// Shows them, for people or as a line of JSON each.
    ///
    /// @param only one of them; absent: all
    public void print(PrintStream out, boolean json, @Nullable InputId only) {
        for (InputRequest request : open) {
            if (only == null || only.equals(request.id())) {
                if (json) {
                    new JsonPrinter(out, "").value(InputView.of(request));
                } else {
                    out.println(text(request));
                }
            }
        }
        if (open.isEmpty() && !json) {
            out.println("nothing is waited for");
        }
    }

    private static String text(InputRequest request) {
        InputRequested asked = request.asked();
        StringBuilder text = new StringBuilder();
        text.append(request.id()).append("  ").append(asked.kind().wireName());
        text.append("  until ").append(TIME.format(asked.expiresAt().atZone(ZoneId.systemDefault())));
        text.append('\n').append("session ").append(request.sessionId());
        text.append(", run ").append(request.runId());
        text.append(", call ").append(Printable.revealed(asked.toolCallId())).append('\n');
        text.append(RequestText.about(asked));
        if (asked.questions() != null) {
            for (InputQuestion question : asked.questions()) {
                text.append(Printable.revealed(question.id()))
                        .append(": ")
                        .append(RequestText.about(question))
                        .append('\n');
            }
        }
        if (asked.form() != null) {
            text.append(EditableJson.write(asked.form(), true)).append('\n');
        }
        if (asked.digest() != null) {
            text.append("digest ").append(asked.digest()).append('\n');
        }
        if (asked.target() != null) {
            text.append("for ").append(Printable.revealed(asked.target())).append('\n');
        }
        return text.toString();
    }
}
