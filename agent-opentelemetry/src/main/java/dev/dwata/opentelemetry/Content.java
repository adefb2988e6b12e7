package dev.dwata.opentelemetry;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What people, models and tools say, as the conventions write it: JSON text, without secrets, and cut where it
/// is longer than a backend would take.
final class Content {
    private static final int LONGEST = 32_768;

    private final Redaction redaction;

    Content(Redaction redaction) {
        this.redaction = redaction;
    }

    String instructions(String system) {
        ArrayNode parts = Json.MAPPER.createArrayNode();
        parts.add(text("text", system));
        return written(parts);
    }

    String messages(List<Message> messages) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        messages.forEach(message -> all.add(message(message, null)));
        return written(all);
    }

    String reply(Message message, String finishReason) {
        return written(Json.MAPPER.createArrayNode().add(message(message, finishReason)));
    }

    String tree(JsonNode node) {
        return written(node);
    }

    private static ObjectNode message(Message message, @Nullable String finishReason) {
        ObjectNode tree = Json.MAPPER.createObjectNode();
        tree.put("role", message.role().name().toLowerCase(Locale.ROOT));
        ArrayNode parts = tree.putArray("parts");
        message.parts().forEach(part -> parts.add(part(part)));
        if (finishReason != null) {
            tree.put("finish_reason", finishReason);
        }
        return tree;
    }

    private static ObjectNode part(Part part) {
        return switch (part) {
            case Part.Text it -> text("text", it.text());
            case Part.Reasoning it -> text("reasoning", it.text());
            case Part.ToolCall it -> {
                ObjectNode tree = typed("tool_call").put("id", it.id()).put("name", it.name());
                tree.set("arguments", it.arguments());
                yield tree;
            }
            case Part.ToolResult it -> {
                ObjectNode tree = typed("tool_call_response").put("id", it.toolCallId());
                tree.set("response", it.result());
                yield tree;
            }
            case Part.Image it -> file(it.mediaType(), "image");
            case Part.File it -> file(it.mediaType(), "file");
            case Part.Unknown it -> typed("unknown");
        };
    }

    /// The bytes are not said: they may be large, and are where the session is.
    private static ObjectNode file(String mediaType, String modality) {
        return typed("blob").put("mime_type", mediaType).put("modality", modality);
    }

    private static ObjectNode text(String type, String content) {
        return typed(type).put("content", content);
    }

    private static ObjectNode typed(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }

    private String written(JsonNode tree) {
        String json = Json.MAPPER.writeValueAsString(redaction.json(tree));
        return json.length() <= LONGEST ? json : json.substring(0, json.offsetByCodePoints(0, LONGEST / 2)) + "…";
    }
}
