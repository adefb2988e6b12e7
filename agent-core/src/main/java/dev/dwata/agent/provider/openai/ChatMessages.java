package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.CallIds;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.Media;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Writes the messages of a request. Those that would be empty are left out.
final class ChatMessages {
    private final JsonGenerator out;
    private final Dialect dialect;
    private boolean afterResults;

    ChatMessages(JsonGenerator out, Dialect dialect) {
        this.out = out;
        this.dialect = dialect;
    }

    void start() {
        out.writeArrayPropertyStart("messages");
    }

    void end() {
        out.writeEndArray();
    }

    void system(String text) {
        start("system");
        out.writeStringProperty("content", text);
        out.writeEndObject();
    }

    /// @param parts of one or several messages
    void user(List<Part> parts) {
        boolean onlyText = parts.stream().allMatch(Part.Text.class::isInstance);
        List<String> texts = onlyText
                ? parts.stream()
                        .map(part -> ((Part.Text) part).text())
                        .filter(text -> !text.isBlank())
                        .toList()
                : List.of();
        if (onlyText && texts.isEmpty()) {
            return;
        }
        if (afterResults && dialect.has(Dialect.Rule.MODEL_AFTER_RESULTS)) {
            start("assistant");
            out.writeStringProperty("content", "I have the results.");
            out.writeEndObject();
        }
        start("user");
        if (onlyText) {
            out.writeStringProperty("content", String.join("\n\n", texts));
        } else {
            out.writeArrayPropertyStart("content");
            parts.forEach(this::content);
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /// @param withThinking whether it may be sent what it thought
    void assistant(Message message, boolean withThinking) {
        String text = message.text();
        List<Part.ToolCall> calls = message.toolCalls();
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        start("assistant");
        if (text.isEmpty()) {
            out.writeNullProperty("content");
        } else {
            out.writeStringProperty("content", text);
        }
        if (withThinking && dialect.has(Dialect.Rule.THOUGHTS_BACK)) {
            thoughts(message);
        }
        JsonNode details = dialect.has(Dialect.Rule.DETAILS_BACK) ? ReasoningDetails.of(message) : null;
        if (withThinking && details != null) {
            out.writeName("reasoning_details");
            out.writeTree(details);
        }
        if (!calls.isEmpty()) {
            out.writeArrayPropertyStart("tool_calls");
            calls.forEach(this::call);
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    void results(Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                start("tool");
                out.writeStringProperty("tool_call_id", CallIds.fit(result.toolCallId(), dialect.callIds()));
                out.writeStringProperty("content", CleanJson.text(result.result()));
                out.writeEndObject();
                afterResults = true;
            }
        }
    }

    private void thoughts(Message message) {
        StringBuilder thoughts = new StringBuilder();
        for (Part part : message.parts()) {
            if (part instanceof Part.Reasoning thought) {
                thoughts.append(thought.text());
            }
        }
        if (!thoughts.isEmpty()) {
            out.writeStringProperty("reasoning_content", thoughts.toString());
        }
    }

    private void call(Part.ToolCall call) {
        out.writeStartObject();
        out.writeStringProperty("id", CallIds.fit(call.id(), dialect.callIds()));
        out.writeStringProperty("type", "function");
        out.writeObjectPropertyStart("function");
        out.writeStringProperty("name", ToolSpec.encode(call.name()));
        out.writeStringProperty("arguments", call.arguments().isObject() ? CleanJson.text(call.arguments()) : "{}");
        out.writeEndObject();
        out.writeEndObject();
    }

    private void content(Part part) {
        switch (part) {
            case Part.Text text -> text(text.text());
            case Part.Image image -> image(dialect.has(Dialect.Rule.IMAGES) ? Media.of(image) : Media.describe(image));
            case Part.File file -> file(file.name(), Media.of(file), Media.describe(file));
            case Part.Reasoning thought -> {}
            case Part.ToolCall call -> {}
            case Part.ToolResult result -> {}
            case Part.Unknown unknown -> {}
        }
    }

    private void image(Media image) {
        switch (image) {
            case Media.Inline inline -> image(inline.uri());
            case Media.Linked linked -> image(linked.url());
            case Media.Described described -> text(described.text());
        }
    }

    private void image(String url) {
        part("image_url");
        out.writeObjectPropertyStart("image_url");
        out.writeStringProperty("url", url);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void file(String name, Media file, Media.Described otherwise) {
        switch (file) {
            case Media.Inline inline
            when dialect.has(Dialect.Rule.DOCUMENTS) -> {
                part("file");
                out.writeObjectPropertyStart("file");
                out.writeStringProperty("filename", name);
                out.writeStringProperty("file_data", inline.uri());
                out.writeEndObject();
                out.writeEndObject();
            }
            case Media.Inline inline -> text(otherwise.text());
            case Media.Linked linked -> text(otherwise.text());
            case Media.Described described -> text(described.text());
        }
    }

    private void text(String text) {
        if (!text.isBlank()) {
            part("text");
            out.writeStringProperty("text", text);
            out.writeEndObject();
        }
    }

    private void part(String type) {
        out.writeStartObject();
        out.writeStringProperty("type", type);
    }

    private void start(String role) {
        afterResults = false;
        out.writeStartObject();
        out.writeStringProperty("role", role);
    }
}
