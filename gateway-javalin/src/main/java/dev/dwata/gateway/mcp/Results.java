package dev.dwata.gateway.mcp;

import dev.dwata.types.Json;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a call is answered with.
final class Results {
    private Results() {}

    /// Something for programs, and the same as text for those that read no structure.
    static CallToolResult data(Object data) {
        JsonNode json = Json.MAPPER.valueToTree(data);
        return new CallToolResult(text(json.toPrettyString()), false, map(json), null);
    }

    /// Text, and what programs need to know of it.
    static CallToolResult said(String text, Map<String, Object> about) {
        return new CallToolResult(text(text), false, about, null);
    }

    static CallToolResult failed(String why) {
        return new CallToolResult(text(why), true, null, null);
    }

    static CallToolResult failed(JsonNode result) {
        return new CallToolResult(text(result.toString()), true, null, null);
    }

    private static List<Content> text(String text) {
        return List.of(TextContent.builder(text).build());
    }

    @SuppressWarnings("unchecked") // an object's
    static Map<String, Object> map(JsonNode object) {
        return Json.MAPPER.treeToValue(object, LinkedHashMap.class);
    }
}
