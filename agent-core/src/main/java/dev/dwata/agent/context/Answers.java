package dev.dwata.agent.context;

import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The calls of one message and what they are answered with.
final class Answers {
    private static final String UNKNOWN = "interrupted; its effects are unknown: check before repeating it";
    private static final int ARGUMENTS_CODE_POINTS = 500;
    private static final int RESULT_CODE_POINTS = 2_000;

    private final int place;
    private final List<Exchange> exchanges = new ArrayList<>(0);
    private @Nullable Message source;

    /// @param place the index of the message that answers
    Answers(int place) {
        this.place = place;
    }

    int place() {
        return place;
    }

    boolean isEmpty() {
        return exchanges.isEmpty();
    }

    /// @return the call as it may be sent
    Part.ToolCall ask(Part.ToolCall given, Labels labels) {
        String id = labels.id(given.id());
        String name = Labels.toolName(given.name());
        JsonNode arguments = given.arguments().isObject() ? given.arguments() : Json.MAPPER.createObjectNode();
        boolean same = id.equals(given.id())
                && name.equals(given.name())
                && given.arguments().isObject();
        Part.ToolCall legal = same ? given : new Part.ToolCall(id, name, arguments);
        exchanges.add(new Exchange(given, legal));
        return legal;
    }

    /// Takes a result for the first call of its id that has none; further results are left out.
    ///
    /// @param from the message it came in
    void give(Part.ToolResult result, Message from) {
        for (Exchange exchange : exchanges) {
            if (exchange.result == null && exchange.given.id().equals(result.toolCallId())) {
                exchange.result = result;
                source = source == null ? from : source;
                return;
            }
        }
    }

    /// One result for each call: the message they came in where that is just this.
    Message message() {
        List<Part> results = new ArrayList<>(exchanges.size());
        exchanges.forEach(exchange -> results.add(exchange.answer()));
        return source != null && source.role() == Role.TOOL && Same.elements(source.parts(), results)
                ? source
                : new Message(Role.TOOL, results);
    }

    /// A result that no call asked for, in words.
    static Part.Text unasked(Part.ToolResult result) {
        return new Part.Text("(A result of the tool " + Labels.toolName(result.name())
                + " that belongs to no call of this conversation: "
                + Excerpt.of(result.result(), RESULT_CODE_POINTS) + ")");
    }

    private static final class Exchange {
        private final Part.ToolCall given;
        private final Part.ToolCall legal;
        private Part.@Nullable ToolResult result;

        Exchange(Part.ToolCall given, Part.ToolCall legal) {
            this.given = given;
            this.legal = legal;
        }

        Part.ToolResult answer() {
            if (result == null) {
                return new Part.ToolResult(
                        legal.id(), legal.name(), false, missing().result());
            }
            return result.toolCallId().equals(legal.id()) && result.name().equals(legal.name())
                    ? result
                    : new Part.ToolResult(legal.id(), legal.name(), result.success(), result.result());
        }

        /// A call whose arguments are no object was never made.
        private ToolOutcome missing() {
            return given.arguments().isObject()
                    ? new ToolOutcome.Failure(UNKNOWN)
                    : new ToolOutcome.Retry("not done, because the arguments are not a JSON object: "
                            + Excerpt.of(given.arguments(), ARGUMENTS_CODE_POINTS));
        }
    }
}
