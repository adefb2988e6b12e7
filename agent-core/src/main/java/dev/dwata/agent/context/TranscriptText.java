package dev.dwata.agent.context;

import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;

/// Writes messages down for a model that is to summarise them, not to answer them.
final class TranscriptText {
    private static final int MOST_OF_A_RESULT = 2_000;
    private static final int MOST_OF_A_TEXT = 16_000;

    private TranscriptText() {}

    static String of(Message message) {
        StringBuilder text = new StringBuilder();
        for (Part part : message.parts()) {
            String line = line(message.role(), part);
            if (!line.isEmpty()) {
                text.append(line).append("\n\n");
            }
        }
        return text.toString();
    }

    private static String line(Role role, Part part) {
        return switch (part) {
            case Part.Text said -> speaker(role) + ": " + Excerpt.of(said.text(), MOST_OF_A_TEXT);
            case Part.Reasoning thought -> "";
            case Part.Image image -> speaker(role) + " showed an image (" + image.mediaType() + ")";
            case Part.File file -> speaker(role) + " gave the file " + file.name();
            case Part.ToolCall call ->
                "Assistant called " + call.name() + " " + Excerpt.of(call.arguments(), MOST_OF_A_RESULT);
            case Part.ToolResult result ->
                "Result of " + result.name() + ": " + Excerpt.of(result.result(), MOST_OF_A_RESULT);
            case Part.Unknown unknown -> "";
        };
    }

    private static String speaker(Role role) {
        return switch (role) {
            case USER -> "User";
            case ASSISTANT -> "Assistant";
            case SYSTEM -> "System";
            case TOOL -> "Tool";
        };
    }
}
