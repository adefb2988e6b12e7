package dev.dwata.gateway.agui;

import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A message as TanStack AI's clients keep it (`@tanstack/ai` 0.58, read 2026-11-21).
final class UiMessage {
    private UiMessage() {}

    /// @param calls of the session, with their results
    static ObjectNode of(StoredMessage message, List<ToolCallInfo> calls) {
        ObjectNode shown = Json.MAPPER
                .createObjectNode()
                .put("id", message.id().value())
                .put("role", message.role() == Role.ASSISTANT ? "assistant" : "user")
                .put("createdAt", Json.format(message.createdAt()));
        ArrayNode parts = shown.putArray("parts");
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text text -> parts.addObject().put("type", "text").put("content", text.text());
                case Part.Reasoning thought -> addThought(parts, thought);
                case Part.Image image -> addFile(parts, "image", image.uri(), image.mediaType());
                case Part.File file -> addFile(parts, "document", file.uri(), file.mediaType());
                case Part.ToolCall call -> addCall(parts, message, call, calls);
                case Part.ToolResult other -> {}
                case Part.Unknown other -> {}
            }
        }
        return shown;
    }

    private static void addThought(ArrayNode parts, Part.Reasoning thought) {
        if (!thought.text().isEmpty()) {
            parts.addObject().put("type", "thinking").put("content", thought.text());
        }
    }

    private static void addFile(ArrayNode parts, String type, String uri, String mediaType) {
        parts.addObject()
                .put("type", type)
                .putObject("source")
                .put("type", "file")
                .put("value", uri)
                .put("mimeType", mediaType);
    }

    private static void addCall(ArrayNode parts, StoredMessage message, Part.ToolCall call, List<ToolCallInfo> calls) {
        String arguments = call.arguments().isString()
                ? call.arguments().stringValue()
                : call.arguments().toString();
        ObjectNode shown = parts.addObject()
                .put("type", "tool-call")
                .put("id", call.id())
                .put("name", call.name())
                .put("arguments", arguments)
                .put("state", "input-complete");
        if (call.arguments().isObject()) {
            shown.set("input", call.arguments());
        }
        calls.stream()
                .filter(known -> call.id().equals(known.toolCallId()) && Objects.equals(known.runId(), message.runId()))
                .filter(known -> known.result() != null)
                .findFirst()
                .ifPresent(known -> addResult(parts, shown, known));
    }

    private static void addResult(ArrayNode parts, ObjectNode call, ToolCallInfo known) {
        JsonNode result = Objects.requireNonNull(known.result(), "it was looked at");
        call.put("state", known.error() == null ? "complete" : "error").set("output", result);
        ObjectNode shown = parts.addObject()
                .put("type", "tool-result")
                .put("toolCallId", known.toolCallId())
                .put("content", result.toString())
                .put("state", known.error() == null ? "complete" : "error");
        if (known.error() != null) {
            shown.put("error", known.error());
        }
    }
}
