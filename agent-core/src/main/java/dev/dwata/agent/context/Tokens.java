package dev.dwata.agent.context;

import dev.dwata.types.Message;
import dev.dwata.types.Part;
import tools.jackson.databind.JsonNode;

/// Guesses how many tokens something is, where no provider has counted it. Rather too many than too few: four
/// characters of English are about one token, one character of most other scripts is about one.
public final class Tokens {
    private static final double ASCII_PER_TOKEN = 3.6;
    /// What providers add for the frame of a message.
    private static final int FRAME = 4;
    /// An image of the largest size that providers do not scale down (November 2026).
    private static final int IMAGE = 1_600;

    private static final int FILE = 8_000;

    private Tokens() {}

    public static long of(Message message) {
        long tokens = FRAME;
        for (Part part : message.parts()) {
            tokens += of(part);
        }
        return tokens;
    }

    public static long of(String text) {
        int ascii = 0;
        int others = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128) {
                ascii++;
            } else if (!Character.isLowSurrogate(c)) {
                others++;
            }
        }
        return (long) Math.ceil(ascii / ASCII_PER_TOKEN) + others;
    }

    public static long of(JsonNode tree) {
        return of(tree.isString() ? tree.stringValue() : tree.toString());
    }

    private static long of(Part part) {
        return switch (part) {
            case Part.Text text -> of(text.text());
            case Part.Reasoning thought -> {
                String signature = thought.signature();
                yield of(thought.text()) + (signature == null ? 0 : of(signature));
            }
            case Part.Image image -> IMAGE;
            case Part.File file -> FILE;
            case Part.ToolCall call -> FRAME + of(call.name()) + of(call.arguments());
            case Part.ToolResult result -> FRAME + of(result.result());
            case Part.Unknown unknown -> of(unknown.raw());
        };
    }
}
