package dev.dwata.agent.provider.anthropic;

import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// One message of a request: what one side said before the other did.
final class Turn {
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

    /// @param cached whether what the request has up to here is to be cached
    void write(JsonGenerator out, boolean cached) {
        List<Part> parts = new ArrayList<>(results);
        parts.addAll(others);
        out.writeStartObject();
        out.writeStringProperty("role", assistant ? "assistant" : "user");
        out.writeArrayPropertyStart("content");
        for (int i = 0; i < parts.size(); i++) {
            new Blocks(out, cached && i == parts.size() - 1).write(parts.get(i), assistant);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
