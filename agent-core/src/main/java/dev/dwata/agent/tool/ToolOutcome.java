package dev.dwata.agent.tool;

import dev.dwata.types.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What came of a tool call, as the model will be told.
public sealed interface ToolOutcome {

    /// It is done.
    ///
    /// @param data an object; `success: true` is added
    record Success(ObjectNode data) implements ToolOutcome {}

    /// The call itself was wrong: the model should correct it and call again.
    record Retry(String message) implements ToolOutcome {}

    /// It cannot be done; the model should do without.
    record Failure(String message) implements ToolOutcome {}

    /// It was not done, because somebody or a rule said no.
    record Denied(String message) implements ToolOutcome {}

    /// It was not begun, because the run is over, or must not go on like this.
    record Skipped(String message) implements ToolOutcome {}

    /// Success with the components of `data`, a record or a map, as the result.
    static ToolOutcome success(Object data) {
        JsonNode tree = Json.MAPPER.valueToTree(data);
        if (tree instanceof ObjectNode object) {
            return new Success(object);
        }
        throw new IllegalArgumentException("a tool's result must be an object, not " + tree.getNodeType());
    }

    default boolean succeeded() {
        return this instanceof Success;
    }

    /// The object that the model is told.
    default ObjectNode result() {
        return switch (this) {
            case Success s -> {
                ObjectNode result = Json.MAPPER.createObjectNode().put("success", true);
                yield result.setAll(s.data());
            }
            case Retry r -> failed(r.message()).put("retry", true);
            case Failure f -> failed(f.message());
            case Denied d -> failed(d.message()).put("denied", true);
            case Skipped s -> failed(s.message()).put("skipped", true);
        };
    }

    private static ObjectNode failed(String message) {
        return Json.MAPPER.createObjectNode().put("success", false).put("error", message);
    }
}
