package dev.dwata.agent.provider.gemini;

import dev.dwata.agent.provider.wire.CallIds;
import dev.dwata.agent.provider.wire.Media;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the messages of a request. Those that would be empty are left out.
///
/// A conversation begins with the user, and a content with calls comes right after one of the user's or of
/// results (Google, "Function calling", November 2026).
final class Contents {
    private static final String ID = "[\\w.:-]{1,128}";
    private static final String OPENING = "[the beginning of this conversation is left out]";

    /// What the documentation names for calls that no model of Google's made.
    private static final String UNSIGNED = "skip_thought_signature_validator";

    private final JsonGenerator out;
    private final boolean signs;
    private boolean opened;

    /// @param model later ones refuse a call of the turn under way that is not signed
    Contents(JsonGenerator out, String model) {
        this.out = out;
        this.signs = !model.matches("(.*/)?gemini-[12]\\..*");
    }

    void user(List<Part> parts) {
        if (parts.stream().allMatch(Contents::saysNothing)) {
            return;
        }
        start("user");
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> text(out, text.text());
                case Part.Image image -> media(Media.of(image));
                case Part.File file -> media(Media.of(file));
                case Part.Reasoning thought -> {}
                case Part.ToolCall call -> {}
                case Part.ToolResult result -> {}
                case Part.Unknown unknown -> {}
            }
        }
        end();
    }

    /// @param now whether it belongs to the turn under way
    void model(List<Part> parts, boolean now) {
        if (parts.stream().allMatch(Contents::saysNothing)) {
            return;
        }
        if (!opened) {
            user(List.of(new Part.Text(OPENING)));
        }
        start("model");
        String signature = null;
        boolean called = false;
        for (Part part : parts) {
            if (part instanceof Part.Reasoning thought) {
                emptyText(signature);
                signature = Signature.next(thought);
                thought(thought);
            } else if (part instanceof Part.Text text && !text.text().isBlank()) {
                said(text.text(), signature);
                signature = null;
            } else if (part instanceof Part.ToolCall call) {
                boolean unsigned = signature == null && now && signs && !called;
                call(call, unsigned ? UNSIGNED : signature);
                called = true;
                signature = null;
            }
        }
        emptyText(signature);
        end();
    }

    void results(List<Part> parts) {
        start("user");
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                out.writeStartObject();
                out.writeObjectPropertyStart("functionResponse");
                id(result.toolCallId());
                out.writeStringProperty("name", ToolSpec.encode(result.name()));
                out.writeName("response");
                if (result.result().isObject()) {
                    out.writeTree(result.result());
                } else {
                    out.writeStartObject();
                    out.writeName(result.success() ? "output" : "error");
                    out.writeTree(result.result());
                    out.writeEndObject();
                }
                out.writeEndObject();
                out.writeEndObject();
            }
        }
        end();
    }

    static void text(JsonGenerator out, String text) {
        if (!text.isBlank()) {
            out.writeStartObject();
            out.writeStringProperty("text", text);
            out.writeEndObject();
        }
    }

    private void thought(Part.Reasoning thought) {
        String signature = Signature.own(thought);
        if (signature != null) {
            out.writeStartObject();
            out.writeStringProperty("text", thought.text());
            out.writeBooleanProperty("thought", true);
            out.writeStringProperty("thoughtSignature", signature);
            out.writeEndObject();
        }
    }

    private void emptyText(@Nullable String signature) {
        if (signature != null) {
            said("", signature);
        }
    }

    private void said(String text, @Nullable String signature) {
        out.writeStartObject();
        out.writeStringProperty("text", text);
        sign(signature);
        out.writeEndObject();
    }

    private void call(Part.ToolCall call, @Nullable String signature) {
        out.writeStartObject();
        out.writeObjectPropertyStart("functionCall");
        id(call.id());
        out.writeStringProperty("name", ToolSpec.encode(call.name()));
        out.writeName("args");
        if (call.arguments().isObject()) {
            out.writeTree(call.arguments());
        } else {
            out.writeStartObject();
            out.writeEndObject();
        }
        out.writeEndObject();
        sign(signature);
        out.writeEndObject();
    }

    private void sign(@Nullable String signature) {
        if (signature != null) {
            out.writeStringProperty("thoughtSignature", signature);
        }
    }

    /// Where the model gave none, results are told apart by their order.
    private void id(String id) {
        if (!CallIds.isMade(id)) {
            out.writeStringProperty("id", CallIds.fit(id, ID));
        }
    }

    private void media(Media media) {
        switch (media) {
            case Media.Inline inline -> {
                out.writeStartObject();
                out.writeObjectPropertyStart("inlineData");
                out.writeStringProperty("mimeType", inline.mediaType());
                out.writeStringProperty("data", inline.base64());
                out.writeEndObject();
                out.writeEndObject();
            }
            case Media.Linked linked -> {
                out.writeStartObject();
                out.writeObjectPropertyStart("fileData");
                out.writeStringProperty("mimeType", linked.mediaType());
                out.writeStringProperty("fileUri", linked.url());
                out.writeEndObject();
                out.writeEndObject();
            }
            case Media.Described described -> text(out, described.text());
        }
    }

    private void start(String role) {
        opened = true;
        out.writeStartObject();
        out.writeStringProperty("role", role);
        out.writeArrayPropertyStart("parts");
    }

    private void end() {
        out.writeEndArray();
        out.writeEndObject();
    }

    private static boolean saysNothing(Part part) {
        return switch (part) {
            case Part.Text text -> text.text().isBlank();
            case Part.Reasoning thought -> Signature.own(thought) == null && Signature.next(thought) == null;
            case Part.Image image -> false;
            case Part.File file -> false;
            case Part.ToolCall call -> false;
            case Part.ToolResult result -> true;
            case Part.Unknown unknown -> true;
        };
    }
}
