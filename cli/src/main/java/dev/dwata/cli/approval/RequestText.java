package dev.dwata.cli.approval;

import dev.dwata.cli.output.Printable;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/// What a person must see of a request before answering it: everything, whole, and with what hides in it. What
/// is not seen is not agreed to.
public final class RequestText {
    private RequestText() {}

    /// Lines, the last one ended as well.
    public static String about(InputRequested request) {
        StringBuilder text = new StringBuilder();
        String tool = Printable.revealed(request.toolName());
        switch (request.kind()) {
            case APPROVAL -> call(text.append("dwata wants to use "), tool, request);
            case CLIENT_TOOL -> call(text.append("a client is to carry out "), tool, request);
            case QUESTION -> text.append(tool).append(" asks you\n");
        }
        if (request.reason() != null) {
            text.append(request.kind() == InputKind.QUESTION ? "" : "because ")
                    .append(Printable.revealed(request.reason()))
                    .append('\n');
        }
        if (request.always() != null) {
            text.append(always(request.always())).append('\n');
        }
        return text.toString();
    }

    private static void call(StringBuilder text, String tool, InputRequested request) {
        text.append(tool)
                .append(" with\n")
                .append(Printable.revealed(json(request.arguments())))
                .append('\n');
        if (request.bound() != null) {
            for (Map.Entry<String, String> fact : new TreeMap<>(request.bound()).entrySet()) {
                text.append("  ")
                        .append(Printable.revealed(fact.getKey() + ": " + fact.getValue()))
                        .append('\n');
            }
        }
    }

    private static String json(JsonNode value) {
        return Json.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    /// What an answer of `always` would allow, in one line.
    private static String always(JsonNode rule) {
        StringBuilder text = new StringBuilder("'always' allows ");
        text.append(Printable.revealed(rule.path("tool").asString("")));
        for (String part : List.of("arguments", "argv", "folder")) {
            JsonNode value = rule.path(part);
            if (!value.isMissingNode() && !value.isNull()) {
                text.append(", ").append(part).append(' ').append(Printable.revealed(value.toString()));
            }
        }
        return text + ", in this session without asking again";
    }

    /// A question with what there is to choose from.
    static String about(InputQuestion question) {
        StringBuilder text = new StringBuilder(Printable.revealed(question.text()));
        options(text, question.options());
        return text.toString();
    }

    static void options(StringBuilder text, @Nullable List<String> options) {
        int number = 1;
        for (String option : options == null ? List.<String>of() : options) {
            text.append("\n  ").append(number++).append(") ").append(Printable.revealed(option));
        }
    }
}
