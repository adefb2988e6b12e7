package dev.dwata.agent.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model that may be chosen.
///
/// @param id         `provider/name`, or `provider/…` where any name of that provider is accepted
/// @param configured whether it can be asked
/// @param missing    what must be configured before it answers, in one sentence; absent where it is ready
/// @param aliases    other names of it
/// @param fallbacks  the models that are asked where it does not answer, in that order
public record ModelInfo(
        String id,
        boolean configured,
        @Nullable String missing,
        ModelFacts facts,
        List<String> aliases,
        List<String> fallbacks) {
    public ModelInfo {
        aliases = List.copyOf(aliases);
        fallbacks = List.copyOf(fallbacks);
    }

    /// One of which nothing else is known.
    public ModelInfo(String id, boolean configured, @Nullable String missing) {
        this(id, configured, missing, ModelFacts.UNKNOWN, List.of(), List.of());
    }
}
