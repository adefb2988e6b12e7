package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.provider.wire.CallIds;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.Media;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes content blocks of a request.
///
/// @param cached whether what the request has up to here is to be cached
record Blocks(JsonGenerator out, boolean cached) {
    private static final String ID = "[a-zA-Z0-9_-]{1,64}";

    /// @param assistant whether the model said it
    void write(Part part, boolean assistant) {
        switch (part) {
            case Part.Text text -> text(text.text());
            case Part.Reasoning thought -> thinking(thought);
            // The API takes images and documents from the user only.
            case Part.Image image -> media("image", null, assistant ? Media.describe(image) : Media.of(image));
            case Part.File file -> media("document", file.name(), assistant ? Media.describe(file) : Media.of(file));
            case Part.ToolCall call -> call(call);
            case Part.ToolResult result -> result(result);
            case Part.Unknown unknown -> {}
        }
    }

    void text(String text) {
        start("text");
        out.writeStringProperty("text", text);
        end();
    }

    /// Ends a block, or a tool.
    void end() {
        if (cached) {
            out.writeObjectPropertyStart("cache_control");
            out.writeStringProperty("type", "ephemeral");
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void call(Part.ToolCall call) {
        start("tool_use");
        out.writeStringProperty("id", CallIds.fit(call.id(), ID));
        out.writeStringProperty("name", ToolSpec.encode(call.name()));
        out.writeName("input");
        if (call.arguments().isObject()) {
            out.writeTree(call.arguments());
        } else {
            out.writeStartObject();
            out.writeEndObject();
        }
        end();
    }

    private void result(Part.ToolResult result) {
        start("tool_result");
        out.writeStringProperty("tool_use_id", CallIds.fit(result.toolCallId(), ID));
        out.writeStringProperty("content", CleanJson.text(result.result()));
        if (!result.success()) {
            out.writeBooleanProperty("is_error", true);
        }
        end();
    }

    private void thinking(Part.Reasoning thought) {
        String signature = thought.signature();
        if (signature == null) {
            return;
        }
        String data = Thinking.redactedData(signature);
        if (data != null) {
            start("redacted_thinking");
            out.writeStringProperty("data", data);
        } else {
            start("thinking");
            out.writeStringProperty("thinking", thought.text());
            out.writeStringProperty("signature", signature);
        }
        out.writeEndObject();
    }

    private void media(String type, @Nullable String title, Media media) {
        switch (media) {
            case Media.Inline inline -> {
                source(type, "base64");
                out.writeStringProperty("media_type", inline.mediaType());
                out.writeStringProperty("data", inline.base64());
                out.writeEndObject();
                title(title);
                end();
            }
            case Media.Linked linked -> {
                source(type, "url");
                out.writeStringProperty("url", linked.url());
                out.writeEndObject();
                title(title);
                end();
            }
            case Media.Described described -> text(described.text());
        }
    }

    private void title(@Nullable String title) {
        if (title != null) {
            out.writeStringProperty("title", title);
        }
    }

    private void source(String type, String kind) {
        start(type);
        out.writeObjectPropertyStart("source");
        out.writeStringProperty("type", kind);
    }

    private void start(String type) {
        out.writeStartObject();
        out.writeStringProperty("type", type);
    }
}
