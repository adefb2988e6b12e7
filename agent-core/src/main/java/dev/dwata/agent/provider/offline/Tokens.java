package dev.dwata.agent.provider.offline;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.util.List;

/// Estimates tokens, for a model that has none: four characters each, rounded up.
final class Tokens {
    private static final int CHARACTERS = 4;

    private Tokens() {}

    static long in(ModelRequest request) {
        long characters = request.system() == null ? 0 : request.system().length();
        for (Message message : request.messages()) {
            characters += characters(message.parts());
        }
        for (ToolSpec tool : request.tools()) {
            characters += tool.name().length()
                    + tool.description().length()
                    + tool.parameters().toString().length();
        }
        return tokens(characters);
    }

    static long inParts(List<Part> parts) {
        return tokens(characters(parts));
    }

    /// The beginning of `text` that has at most `limit` tokens, ending with a whole code point.
    static String cut(String text, long limit) {
        if (tokens(text.length()) <= limit) {
            return text;
        }
        int end = (int) Math.max(0, limit * CHARACTERS);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS - 1) / CHARACTERS;
    }

    private static long characters(List<Part> parts) {
        long characters = 0;
        for (Part part : parts) {
            characters += switch (part) {
                case Part.Text text -> text.text().length();
                case Part.Reasoning reasoning -> reasoning.text().length();
                case Part.ToolCall call ->
                    call.name().length() + call.arguments().toString().length();
                case Part.ToolResult result -> result.result().toString().length();
                case Part.Image image -> 0;
                case Part.File file -> 0;
                case Part.Unknown unknown -> 0;
            };
        }
        return characters;
    }
}
