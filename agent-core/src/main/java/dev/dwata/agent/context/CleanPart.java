package dev.dwata.agent.context;

import dev.dwata.agent.store.CleanText;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Parts of messages with clean text. A store cleans what it takes; what another program wrote into it, and
/// what was never stored, is cleaned here.
final class CleanPart {
    private CleanPart() {}

    /// The part with clean text in every field but the ids and names of calls, which [Labels] replaces; the
    /// same object if it was so already.
    static Part of(Part part) {
        return switch (part) {
            case Part.Text given -> {
                String text = CleanText.of(given.text());
                yield same(text, given.text()) ? given : new Part.Text(text);
            }
            case Part.Reasoning given -> {
                String text = CleanText.of(given.text());
                String signature = CleanText.ofNullable(given.signature());
                yield same(text, given.text()) && same(signature, given.signature())
                        ? given
                        : new Part.Reasoning(text, signature);
            }
            case Part.Image given -> {
                Part.Image clean = new Part.Image(CleanText.of(given.uri()), CleanText.of(given.mediaType()));
                yield clean.equals(given) ? given : clean;
            }
            case Part.File given -> {
                Part.File clean = new Part.File(
                        CleanText.of(given.uri()), CleanText.of(given.mediaType()), CleanText.of(given.name()));
                yield clean.equals(given) ? given : clean;
            }
            case Part.ToolCall given -> {
                JsonNode arguments = CleanText.of(given.arguments());
                yield same(arguments, given.arguments())
                        ? given
                        : new Part.ToolCall(given.id(), given.name(), arguments);
            }
            case Part.ToolResult given -> {
                JsonNode result = CleanText.of(given.result());
                yield same(result, given.result())
                        ? given
                        : new Part.ToolResult(given.toolCallId(), given.name(), given.success(), result);
            }
            case Part.Unknown given -> {
                JsonNode raw = CleanText.of(given.raw());
                yield same(raw, given.raw()) ? given : new Part.Unknown(raw);
            }
        };
    }

    @SuppressWarnings("ReferenceEquality") // Clean text and JSON come back as the same object.
    private static boolean same(@Nullable Object clean, @Nullable Object given) {
        return clean == given;
    }
}
