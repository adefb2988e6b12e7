package dev.dwata.cli.approval;

import dev.dwata.cli.output.Printable;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.RuleScope;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;

/// What a person is asked about a tool call, and what the answer means. The arguments are shown as they are and
/// whole: what is not seen is not agreed to.
public final class Question {
    private Question() {}

    /// The question, ending before [#prompt].
    public static String about(InputRequested request) {
        String shown =
                Json.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(request.arguments());
        StringBuilder text = new StringBuilder();
        text.append("dwata wants to use ").append(request.toolName()).append(" with\n");
        text.append(Printable.revealed(shown)).append('\n');
        if (request.bound() != null) {
            for (Map.Entry<String, String> fact : request.bound().entrySet()) {
                text.append("  ")
                        .append(Printable.revealed(fact.getKey() + ": " + fact.getValue()))
                        .append('\n');
            }
        }
        if (request.reason() != null) {
            text.append("because ").append(Printable.revealed(request.reason())).append('\n');
        }
        return text.toString();
    }

    public static String prompt(InputRequested request) {
        return request.always() == null ? "Allow it? [y/N] " : "Allow it? [y/N/always] ";
    }

    /// Only a clear yes is one.
    ///
    /// @param answer absent where nobody answered
    public static InputResponse response(InputRequested request, @Nullable String answer) {
        if (answer == null) {
            return new InputResponse.Reject("nobody answered");
        }
        return switch (answer.strip().toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> new InputResponse.Approve();
            case "a", "always" ->
                request.always() == null ? new InputResponse.Approve() : new InputResponse.Always(RuleScope.SESSION);
            default -> new InputResponse.Reject(null);
        };
    }
}
