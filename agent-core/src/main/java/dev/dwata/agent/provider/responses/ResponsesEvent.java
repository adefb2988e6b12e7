package dev.dwata.agent.provider.responses;

import dev.dwata.agent.provider.wire.ErrorBody;
import dev.dwata.agent.provider.wire.JsonFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/// The fields of one event of the stream, whichever it is. Used again for each event.
final class ResponsesEvent {
    String type = "";
    int index;

    @Nullable
    String delta;

    /// The type of the item that the event is about; empty where it has no item.
    String kind = "";

    @Nullable
    String id;

    @Nullable
    String callId;

    @Nullable
    String name;

    /// All arguments of a call.
    @Nullable
    String arguments;

    @Nullable
    String encrypted;

    /// All that an item says: a message its text or refusal, a thought its summary.
    final StringBuilder whole = new StringBuilder();

    boolean refuses;

    /// Why a response is incomplete.
    String reason = "";

    final ResponsesUsage usage = new ResponsesUsage();

    @Nullable
    private JsonNode error;

    private String code = "";
    private String message = "";

    private final JsonFields.Visitor top = this::topField;
    private final JsonFields.Visitor item = this::itemField;
    private final JsonFields.Visitor part = this::partField;
    private final JsonFields.Visitor response = this::responseField;

    /// Reads an event in place of the last one; the usage alone is kept.
    void read(JsonParser in) {
        type = "";
        index = 0;
        delta = null;
        kind = "";
        id = null;
        callId = null;
        name = null;
        arguments = null;
        encrypted = null;
        whole.setLength(0);
        refuses = false;
        reason = "";
        error = null;
        code = "";
        message = "";
        JsonFields.each(in, top);
    }

    /// What went wrong: within a response, on its own, or wrapped as in an answer that is no stream.
    ErrorBody error() {
        JsonNode tree = error;
        return tree == null || tree.isNull() ? new ErrorBody("", code, message) : ErrorBody.of(tree);
    }

    private void topField(String field, JsonParser in) {
        switch (field) {
            case "type" -> type = orEmpty(in);
            case "output_index" -> index = (int) JsonFields.count(in);
            case "delta" -> delta = JsonFields.text(in);
            case "arguments" -> arguments = JsonFields.text(in);
            case "item" -> JsonFields.each(in, item);
            case "response" -> JsonFields.each(in, response);
            case "error" -> error = in.readValueAsTree();
            case "code" -> code = orEmpty(in);
            case "message" -> message = orEmpty(in);
            default -> {}
        }
    }

    private void itemField(String field, JsonParser in) {
        switch (field) {
            case "type" -> kind = orEmpty(in);
            case "id" -> id = JsonFields.text(in);
            case "call_id" -> callId = JsonFields.text(in);
            case "name" -> name = JsonFields.text(in);
            case "arguments" -> arguments = JsonFields.text(in);
            case "encrypted_content" -> encrypted = JsonFields.text(in);
            case "content", "summary" -> JsonFields.elements(in, element -> JsonFields.each(element, part));
            default -> {}
        }
    }

    private void partField(String field, JsonParser in) {
        String text = field.equals("text") || field.equals("refusal") ? JsonFields.text(in) : null;
        if (text != null) {
            whole.append(text);
            refuses |= field.equals("refusal") && !text.isEmpty();
        }
    }

    private void responseField(String field, JsonParser in) {
        switch (field) {
            case "usage" -> usage.read(in);
            case "error" -> error = in.readValueAsTree();
            case "incomplete_details" ->
                JsonFields.each(in, (detail, value) -> {
                    if (detail.equals("reason")) {
                        reason = orEmpty(value);
                    }
                });
            default -> {}
        }
    }

    private static String orEmpty(JsonParser in) {
        String text = JsonFields.text(in);
        return text == null ? "" : text;
    }
}
