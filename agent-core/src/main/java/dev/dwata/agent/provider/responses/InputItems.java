package dev.dwata.agent.provider.responses;

import dev.dwata.agent.provider.wire.CallIds;
import dev.dwata.agent.provider.wire.CleanJson;
import dev.dwata.agent.provider.wire.Media;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the messages of a request as items. Those that would be empty are left out.
final class InputItems {
    /// Longer ids are refused (November 2026).
    private static final String ID = ".{1,64}";

    private InputItems() {}

    static void developer(JsonGenerator out, String text) {
        message(out, "developer", text);
    }

    static void user(JsonGenerator out, List<Part> parts) {
        if (parts.stream().allMatch(InputItems::saysNothing)) {
            return;
        }
        out.writeStartObject();
        out.writeStringProperty("role", "user");
        out.writeArrayPropertyStart("content");
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> text(out, text.text());
                case Part.Image image -> image(out, image);
                case Part.File file -> file(out, file);
                case Part.Reasoning thought -> {}
                case Part.ToolCall call -> {}
                case Part.ToolResult result -> {}
                case Part.Unknown unknown -> {}
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /// @param withThinking whether thinking among `parts` is to be sent. It must be followed by what it led to
    static void assistant(JsonGenerator out, List<Part> parts, boolean withThinking) {
        StringBuilder said = new StringBuilder();
        Thought thought = null;
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> {
                    thought = follow(out, text.text().isBlank() ? null : thought, thought);
                    said.append(text.text());
                }
                case Part.Reasoning reasoning -> {
                    flush(out, said);
                    thought = withThinking ? Thought.of(reasoning) : null;
                }
                case Part.ToolCall call -> {
                    flush(out, said);
                    thought = follow(out, thought, thought);
                    call(out, call);
                }
                case Part.Image image -> {}
                case Part.File file -> {}
                case Part.ToolResult result -> {}
                case Part.Unknown unknown -> {}
            }
        }
        flush(out, said);
    }

    static void results(JsonGenerator out, List<Part> parts) {
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                start(out, "function_call_output");
                out.writeStringProperty("call_id", CallIds.fit(result.toolCallId(), ID));
                out.writeStringProperty("output", CleanJson.text(result.result()));
                out.writeEndObject();
            }
        }
    }

    /// Writes `now`, and tells what is still to be written.
    private static @Nullable Thought follow(JsonGenerator out, @Nullable Thought now, @Nullable Thought waiting) {
        if (now == null) {
            return waiting;
        }
        now.write(out);
        return null;
    }

    private static void flush(JsonGenerator out, StringBuilder said) {
        message(out, "assistant", said.toString());
        said.setLength(0);
    }

    private static void message(JsonGenerator out, String role, String text) {
        if (text.isBlank()) {
            return;
        }
        out.writeStartObject();
        out.writeStringProperty("role", role);
        out.writeStringProperty("content", text);
        out.writeEndObject();
    }

    private static void call(JsonGenerator out, Part.ToolCall call) {
        start(out, "function_call");
        out.writeStringProperty("call_id", CallIds.fit(call.id(), ID));
        out.writeStringProperty("name", ToolSpec.encode(call.name()));
        out.writeStringProperty("arguments", call.arguments().isObject() ? CleanJson.text(call.arguments()) : "{}");
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String text) {
        if (!text.isBlank()) {
            start(out, "input_text");
            out.writeStringProperty("text", text);
            out.writeEndObject();
        }
    }

    private static void image(JsonGenerator out, Part.Image image) {
        switch (Media.of(image)) {
            case Media.Inline inline -> image(out, inline.uri());
            case Media.Linked linked -> image(out, linked.url());
            case Media.Described described -> text(out, described.text());
        }
    }

    private static void image(JsonGenerator out, String url) {
        start(out, "input_image");
        out.writeStringProperty("image_url", url);
        out.writeStringProperty("detail", "auto");
        out.writeEndObject();
    }

    private static void file(JsonGenerator out, Part.File file) {
        switch (Media.of(file)) {
            case Media.Inline inline -> {
                start(out, "input_file");
                out.writeStringProperty("filename", file.name());
                out.writeStringProperty("file_data", inline.uri());
                out.writeEndObject();
            }
            case Media.Linked linked -> {
                start(out, "input_file");
                out.writeStringProperty("file_url", linked.url());
                out.writeEndObject();
            }
            case Media.Described described -> text(out, described.text());
        }
    }

    private static boolean saysNothing(Part part) {
        return !(part instanceof Part.Image || part instanceof Part.File)
                && !(part instanceof Part.Text text && !text.text().isBlank());
    }

    private static void start(JsonGenerator out, String type) {
        out.writeStartObject();
        out.writeStringProperty("type", type);
    }
}
