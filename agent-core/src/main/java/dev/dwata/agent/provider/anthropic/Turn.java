package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.provider.wire.CallIds;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.Media;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// One message of a request: what one side said before the other did.
final class Turn {
    private static final String ID = "[a-zA-Z0-9_-]{1,64}";

    private final boolean assistant;
    /// Results come before anything else in the message that answers calls.
    private final List<Part> results = new ArrayList<>();

    private final List<Part> others = new ArrayList<>();

    Turn(boolean assistant) {
        this.assistant = assistant;
    }

    boolean assistant() {
        return assistant;
    }

    boolean isEmpty() {
        return results.isEmpty() && others.isEmpty();
    }

    /// @param withThinking whether thinking among `parts` is to be sent
    void add(List<Part> parts, boolean withThinking) {
        for (Part part : parts) {
            switch (part) {
                case Part.ToolResult result -> results.add(result);
                case Part.Text text -> {
                    if (!text.text().isBlank()) {
                        others.add(text);
                    }
                }
                case Part.Reasoning thought -> {
                    if (withThinking && Thinking.mayReturn(thought)) {
                        others.add(thought);
                    }
                }
                case Part.Image image -> others.add(image);
                case Part.File file -> others.add(file);
                case Part.ToolCall call -> others.add(call);
                case Part.Unknown unknown -> {}
            }
        }
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("role", assistant ? "assistant" : "user");
        out.writeArrayPropertyStart("content");
        for (Part part : results) {
            write(out, part);
        }
        for (Part part : others) {
            write(out, part);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void write(JsonGenerator out, Part part) {
        switch (part) {
            case Part.Text text -> text(out, text.text());
            case Part.Reasoning thought -> thinking(out, thought);
            case Part.Image image -> image(out, image);
            case Part.File file -> document(out, file);
            case Part.ToolCall call -> {
                start(out, "tool_use");
                out.writeStringProperty("id", CallIds.fit(call.id(), ID));
                out.writeStringProperty("name", ToolSpec.encode(call.name()));
                out.writeName("input");
                if (call.arguments().isObject()) {
                    out.writeTree(call.arguments());
                } else {
                    out.writeStartObject();
                    out.writeEndObject();
                }
                out.writeEndObject();
            }
            case Part.ToolResult result -> {
                start(out, "tool_result");
                out.writeStringProperty("tool_use_id", CallIds.fit(result.toolCallId(), ID));
                out.writeStringProperty("content", CleanJson.text(result.result()));
                if (!result.success()) {
                    out.writeBooleanProperty("is_error", true);
                }
                out.writeEndObject();
            }
            case Part.Unknown unknown -> {}
        }
    }

    private static void thinking(JsonGenerator out, Part.Reasoning thought) {
        String signature = thought.signature();
        if (signature == null) {
            return;
        }
        String data = Thinking.redactedData(signature);
        if (data != null) {
            start(out, "redacted_thinking");
            out.writeStringProperty("data", data);
        } else {
            start(out, "thinking");
            out.writeStringProperty("thinking", thought.text());
            out.writeStringProperty("signature", signature);
        }
        out.writeEndObject();
    }

    private static void image(JsonGenerator out, Part.Image image) {
        switch (Media.of(image)) {
            case Media.Inline inline -> {
                start(out, "image");
                base64(out, inline);
                out.writeEndObject();
            }
            case Media.Linked linked -> {
                start(out, "image");
                link(out, linked);
                out.writeEndObject();
            }
            case Media.Described described -> text(out, described.text());
        }
    }

    private void document(JsonGenerator out, Part.File file) {
        // The API takes documents from the user only.
        switch (assistant ? Media.describe(file) : Media.of(file)) {
            case Media.Inline inline -> {
                start(out, "document");
                base64(out, inline);
                out.writeStringProperty("title", file.name());
                out.writeEndObject();
            }
            case Media.Linked linked -> {
                start(out, "document");
                link(out, linked);
                out.writeStringProperty("title", file.name());
                out.writeEndObject();
            }
            case Media.Described described -> text(out, described.text());
        }
    }

    private static void base64(JsonGenerator out, Media.Inline inline) {
        out.writeObjectPropertyStart("source");
        out.writeStringProperty("type", "base64");
        out.writeStringProperty("media_type", inline.mediaType());
        out.writeStringProperty("data", inline.base64());
        out.writeEndObject();
    }

    private static void link(JsonGenerator out, Media.Linked linked) {
        out.writeObjectPropertyStart("source");
        out.writeStringProperty("type", "url");
        out.writeStringProperty("url", linked.url());
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String text) {
        start(out, "text");
        out.writeStringProperty("text", text);
        out.writeEndObject();
    }

    private static void start(JsonGenerator out, String type) {
        out.writeStartObject();
        out.writeStringProperty("type", type);
    }
}
