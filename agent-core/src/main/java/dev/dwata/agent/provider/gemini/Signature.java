package dev.dwata.agent.provider.gemini;

import dev.dwata.agent.provider.wire.Thoughts;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;

/// What a part is signed with, which goes back on the same part.
///
/// A thought keeps its own. That of a text or a call is kept by an empty thought before it, and that of an
/// empty text by an empty thought before nothing that it could belong to.
final class Signature {
    private static final String OWNER = "gemini";
    private static final String NEXT = "next:";

    private Signature() {}

    static @Nullable String own(@Nullable String signature) {
        return signature == null ? null : Thoughts.sign(OWNER, signature);
    }

    static Part ofNext(String signature) {
        return new Part.Reasoning("", Thoughts.sign(OWNER, NEXT + signature));
    }

    /// The signature of the thought itself; absent if it has none, or is not Gemini's.
    static @Nullable String own(Part.Reasoning thought) {
        String signature = Thoughts.signature(thought, OWNER);
        return signature == null || signature.startsWith(NEXT) ? null : signature;
    }

    /// The signature of the part after the thought; absent if that is not what it stands for.
    static @Nullable String next(Part.Reasoning thought) {
        String signature = Thoughts.signature(thought, OWNER);
        return signature != null && signature.startsWith(NEXT) ? signature.substring(NEXT.length()) : null;
    }
}
