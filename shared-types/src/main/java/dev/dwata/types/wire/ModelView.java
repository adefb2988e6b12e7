package dev.dwata.types.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model that may be chosen.
///
/// @param id              `provider/name`; `provider/…` where any name of that provider is accepted
/// @param missing         what must be configured before it answers, in one sentence; absent where it is ready
/// @param contextWindow   tokens that request and reply may have together; absent where that is not known
/// @param maxOutputTokens tokens that a reply may have; absent where that is not known
/// @param prices          absent where they are not known
/// @param abilities       besides text: `tools`, `images`, `documents`, `reasoning`, `structured_output`; more
///                        may be added
/// @param aliases         other names of it
/// @param fallbacks       models that are asked where it does not answer, in that order
public record ModelView(
        String id,
        ModelState state,
        @Nullable String missing,
        @Nullable Integer contextWindow,
        @Nullable Integer maxOutputTokens,
        @Nullable PricesView prices,
        List<String> abilities,
        List<String> aliases,
        List<String> fallbacks) {
    public ModelView {
        abilities = List.copyOf(abilities);
        aliases = List.copyOf(aliases);
        fallbacks = List.copyOf(fallbacks);
    }
}
