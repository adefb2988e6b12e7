package dev.dwata.agent.provider.anthropic;

import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;

/// What of a model's thinking goes back to it, and how the two kinds of it are kept apart.
///
/// Thinking must be sent back, unchanged, while the tools it asked for are being answered. A block of an
/// earlier turn may be left out, and is: newer models refuse the request when the instructions or tools before
/// such a block have changed since (Anthropic, "Preserved thinking", November 2026), as they do from run to
/// run.
final class Thinking {
    /// Marks the signature of a part that stands for a `redacted_thinking` block. A `thinking` block has no
    /// text either where the model omits it; its signature is base64.
    private static final String REDACTED = "redacted_thinking:";

    private Thinking() {}

    /// Whether a thought is Anthropic's own, signed, and may go back.
    static boolean mayReturn(Part.Reasoning thought) {
        String signature = thought.signature();
        return signature != null && (signature.startsWith(REDACTED) || signature.indexOf(':') < 0);
    }

    static Part redacted(String data) {
        return new Part.Reasoning("", REDACTED + data);
    }

    /// The data of a `redacted_thinking` block; absent if `signature` is that of a `thinking` block.
    static @Nullable String redactedData(String signature) {
        return signature.startsWith(REDACTED) ? signature.substring(REDACTED.length()) : null;
    }
}
