package dev.dwata.cli.approval;

import dev.dwata.agent.policy.ToolPolicy.Decision;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.cli.output.Printable;
import dev.dwata.types.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/// What a person is asked about a tool call, and what the answer means. The arguments are shown as they are and
/// whole: what is not seen is not agreed to.
public final class Question {
    private static final int MAX_CHARACTERS = 16_000;
    public static final String PROMPT = "Allow it? [y/N] ";

    private Question() {}

    /// The question, ending before [#PROMPT].
    public static String about(ToolSpec tool, JsonNode arguments) {
        String shown =
                Json.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(arguments);
        if (shown.length() > MAX_CHARACTERS) {
            int hidden = shown.length() - MAX_CHARACTERS;
            shown = shown.substring(0, MAX_CHARACTERS) + "\n… and " + hidden + " characters that are NOT shown";
        }
        return "dwata wants to use " + tool.name() + " with\n" + Printable.text(shown) + "\n";
    }

    /// Only a clear yes is one.
    ///
    /// @param answer absent where nobody answered
    public static Decision decision(ToolSpec tool, @Nullable String answer) {
        if (answer == null) {
            return new Decision.Denied(tool.name() + " needs a person's approval, and nobody answered");
        }
        return switch (answer.strip().toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> new Decision.Allowed();
            default -> new Decision.Denied("the user did not allow " + tool.name());
        };
    }
}
