package dev.dwata.cli.output;

import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Json;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A tool call and its result as a line each.
///
///     → filesystem.list path=.
///     ✓ 12 ms {"entries":["a.txt","b.txt"]}
final class ToolLines {
    private static final int VALUE = 80;
    private static final int LINE = 200;

    private final Style style;

    ToolLines(Style style) {
        this.style = style;
    }

    String called(ToolCalled call) {
        return style.bold("→ " + call.toolName()) + arguments(call.arguments());
    }

    String returned(ToolReturned result) {
        String took = result.executionTimeMs() + " ms ";
        if (!result.success()) {
            String why = result.error() == null ? "failed" : result.error();
            return style.red("✗ ") + style.dim(took) + Printable.line(why, LINE);
        }
        return style.green("✓ ") + style.dim(took + Printable.line(summary(result.result()), LINE));
    }

    /// ` key=value` for each argument; the raw text where a model's arguments were no object.
    static String arguments(JsonNode arguments) {
        if (!arguments.isObject()) {
            return " " + Printable.line(arguments.asString(arguments.toString()), LINE);
        }
        String pairs = arguments.properties().stream()
                .map(field -> " " + field.getKey() + "=" + value(field.getValue()))
                .collect(Collectors.joining());
        return pairs.isEmpty() ? "" : " " + Printable.line(pairs, LINE);
    }

    private static String value(JsonNode value) {
        String text = value.isString() ? value.stringValue() : value.toString();
        boolean bare = !value.isString() || text.matches("\\S+");
        return bare ? Printable.line(text, VALUE) : "\"" + Printable.line(text, VALUE) + "\"";
    }

    private static String summary(JsonNode result) {
        if (result instanceof ObjectNode object && object.path("success").asBoolean(false)) {
            ObjectNode rest = object.deepCopy();
            rest.remove("success");
            return rest.isEmpty() ? "" : Json.MAPPER.writeValueAsString(rest);
        }
        return result.toString();
    }
}
