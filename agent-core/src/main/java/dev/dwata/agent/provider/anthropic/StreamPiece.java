package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.provider.wire.JsonFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The fields of one event of the stream, whichever it is. Used again for each event.
final class StreamPiece {
    String type = "";
    int index;
    /// The type of the content block, or of the delta to one.
    String kind = "";

    @Nullable
    String text;

    @Nullable
    String signature;
    /// Of a `redacted_thinking` block.
    @Nullable
    String data;

    @Nullable
    String id;

    @Nullable
    String name;
    /// Arguments of a tool as a piece of JSON text, or all at once as a tree.
    @Nullable
    String partialJson;

    @Nullable
    JsonNode input;

    @Nullable
    String stopReason;

    @Nullable
    JsonNode error;

    final Usage usage = new Usage();

    private final JsonFields.Visitor top = this::topField;
    private final JsonFields.Visitor message = this::messageField;
    private final JsonFields.Visitor content = this::contentField;

    /// Reads an event in place of the last one; the usage alone is kept.
    void read(JsonParser in) {
        type = "";
        kind = "";
        index = 0;
        text = null;
        signature = null;
        data = null;
        id = null;
        name = null;
        partialJson = null;
        input = null;
        stopReason = null;
        error = null;
        JsonFields.each(in, top);
    }

    private void topField(String field, JsonParser in) {
        switch (field) {
            case "type" -> type = orEmpty(in);
            case "index" -> index = (int) JsonFields.count(in);
            case "message" -> JsonFields.each(in, message);
            case "content_block", "delta" -> JsonFields.each(in, content);
            case "usage" -> JsonFields.each(in, usage);
            case "error" -> error = in.readValueAsTree();
            default -> {}
        }
    }

    private void messageField(String field, JsonParser in) {
        if (field.equals("usage")) {
            JsonFields.each(in, usage);
        }
    }

    private void contentField(String field, JsonParser in) {
        switch (field) {
            case "type" -> kind = orEmpty(in);
            case "text", "thinking" -> text = JsonFields.text(in);
            case "signature" -> signature = JsonFields.text(in);
            case "data" -> data = JsonFields.text(in);
            case "id" -> id = JsonFields.text(in);
            case "name" -> name = JsonFields.text(in);
            case "partial_json" -> partialJson = JsonFields.text(in);
            case "input" -> input = in.currentToken() == JsonToken.START_OBJECT ? in.readValueAsTree() : null;
            case "stop_reason" -> stopReason = JsonFields.text(in);
            default -> {}
        }
    }

    private static String orEmpty(JsonParser in) {
        String text = JsonFields.text(in);
        return text == null ? "" : text;
    }
}
