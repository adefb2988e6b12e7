package dev.dwata.agent.provider.gemini;

import dev.dwata.agent.provider.wire.JsonFields;
import dev.dwata.agent.provider.wire.Replies;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// One part of a chunk, as it came.
final class PartPiece implements JsonFields.Visitor {
    @Nullable
    String text;

    boolean thought;

    @Nullable
    String signature;

    /// Whether it is a call, which always comes whole.
    boolean calls;

    private String id = "";
    private String name = "";
    private @Nullable JsonNode arguments;

    @Override
    public void visit(String field, JsonParser in) {
        switch (field) {
            case "text" -> text = JsonFields.text(in);
            case "thought" -> thought = in.currentToken() == JsonToken.VALUE_TRUE;
            case "thoughtSignature", "thought_signature" -> signature = JsonFields.text(in);
            case "functionCall" -> {
                calls = in.currentToken() == JsonToken.START_OBJECT;
                JsonFields.each(in, this::callField);
            }
            default -> {}
        }
    }

    Part.ToolCall call() {
        return new Part.ToolCall(
                id, ToolSpec.decode(name), arguments == null ? Json.MAPPER.createObjectNode() : arguments);
    }

    private void callField(String field, JsonParser in) {
        switch (field) {
            case "id" -> id = orEmpty(in);
            case "name" -> name = orEmpty(in);
            case "args" -> {
                if (in.currentToken() == JsonToken.START_OBJECT) {
                    arguments = in.readValueAsTree();
                } else {
                    arguments = Replies.arguments(orEmpty(in));
                }
            }
            default -> {}
        }
    }

    private static String orEmpty(JsonParser in) {
        String text = JsonFields.text(in);
        return text == null ? "" : text;
    }
}
