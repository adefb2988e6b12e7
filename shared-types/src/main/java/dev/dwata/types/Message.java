package dev.dwata.types;

import java.util.List;

/// One message of a conversation, made of parts.
///
/// A user's message holds text, images and files; an assistant's text, reasoning and tool calls in the order
/// the model said them; a tool's message holds the results of one turn's calls.
public record Message(Role role, List<Part> parts) {
    public Message {
        parts = List.copyOf(parts);
    }

    public static Message user(String text) {
        return new Message(Role.USER, List.of(new Part.Text(text)));
    }

    public static Message assistant(String text) {
        return new Message(Role.ASSISTANT, List.of(new Part.Text(text)));
    }

    /// The text parts, joined without a separator; empty where there are none.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text said) {
                text.append(said.text());
            }
        }
        return text.toString();
    }

    /// The tool calls in the order they were made.
    public List<Part.ToolCall> toolCalls() {
        return parts.stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(Part.ToolCall.class::cast)
                .toList();
    }
}
