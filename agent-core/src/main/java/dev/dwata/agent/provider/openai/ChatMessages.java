package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.CallIds;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.Media;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes the messages of a request. Those that would be empty are left out.
final class ChatMessages {
    /// OpenAI refuses ids over 40 characters (November 2026).
    private static final String ID = ".{1,40}";

    private ChatMessages() {}

    static void system(JsonGenerator out, String text) {
        start(out, "system");
        out.writeStringProperty("content", text);
        out.writeEndObject();
    }

    /// @param parts of one or several messages
    static void user(JsonGenerator out, List<Part> parts) {
        boolean onlyText = parts.stream().allMatch(Part.Text.class::isInstance);
        List<String> texts = parts.stream()
                .map(ChatMessages::inWords)
                .filter(t -> !t.isBlank())
                .toList();
        if (onlyText && texts.isEmpty()) {
            return;
        }
        start(out, "user");
        if (onlyText) {
            out.writeStringProperty("content", String.join("\n\n", texts));
        } else {
            out.writeArrayPropertyStart("content");
            parts.forEach(part -> content(out, part));
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    static void assistant(JsonGenerator out, Message message) {
        String text = message.text();
        List<Part.ToolCall> calls = message.toolCalls();
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        start(out, "assistant");
        if (text.isEmpty()) {
            out.writeNullProperty("content");
        } else {
            out.writeStringProperty("content", text);
        }
        if (!calls.isEmpty()) {
            out.writeArrayPropertyStart("tool_calls");
            calls.forEach(call -> call(out, call));
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    static void results(JsonGenerator out, Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                start(out, "tool");
                out.writeStringProperty("tool_call_id", CallIds.fit(result.toolCallId(), ID));
                out.writeStringProperty("content", CleanJson.text(result.result()));
                out.writeEndObject();
            }
        }
    }

    private static void call(JsonGenerator out, Part.ToolCall call) {
        out.writeStartObject();
        out.writeStringProperty("id", CallIds.fit(call.id(), ID));
        out.writeStringProperty("type", "function");
        out.writeObjectPropertyStart("function");
        out.writeStringProperty("name", ToolSpec.encode(call.name()));
        out.writeStringProperty("arguments", call.arguments().isObject() ? CleanJson.text(call.arguments()) : "{}");
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void content(JsonGenerator out, Part part) {
        if (part instanceof Part.Image image && !(Media.of(image) instanceof Media.Described)) {
            out.writeStartObject();
            out.writeStringProperty("type", "image_url");
            out.writeObjectPropertyStart("image_url");
            out.writeStringProperty("url", image.uri());
            out.writeEndObject();
            out.writeEndObject();
            return;
        }
        String text = inWords(part);
        if (!text.isBlank()) {
            out.writeStartObject();
            out.writeStringProperty("type", "text");
            out.writeStringProperty("text", text);
            out.writeEndObject();
        }
    }

    private static String inWords(Part part) {
        return switch (part) {
            case Part.Text text -> text.text();
            case Part.Image image ->
                switch (Media.of(image)) {
                    case Media.Described described -> described.text();
                    case Media.Inline inline -> "";
                    case Media.Linked linked -> "";
                };
            case Part.File file -> Media.describe(file).text();
            case Part.Reasoning thought -> "";
            case Part.ToolCall call -> "";
            case Part.ToolResult result -> "";
            case Part.Unknown unknown -> "";
        };
    }

    private static void start(JsonGenerator out, String role) {
        out.writeStartObject();
        out.writeStringProperty("role", role);
    }
}
