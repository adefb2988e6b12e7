package dev.dwata.agent.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a model before it is asked.
///
/// @param contextWindow   tokens that request and reply may have together; absent where it is not known
/// @param maxOutputTokens tokens that a reply may have; absent where it is not known
/// @param prices          absent where they are not known
/// @param abilities       besides text
public record ModelFacts(
        @Nullable Integer contextWindow,
        @Nullable Integer maxOutputTokens,
        @Nullable Prices prices,
        Set<Ability> abilities) {
    public static final ModelFacts UNKNOWN = new ModelFacts(null, null, null, Set.of());

    public ModelFacts {
        abilities = Set.copyOf(abilities);
        if (contextWindow != null && contextWindow < 1) {
            throw new IllegalArgumentException("contextWindow must be at least 1 token, not " + contextWindow);
        }
        if (maxOutputTokens != null && maxOutputTokens < 1) {
            throw new IllegalArgumentException("maxOutputTokens must be at least 1 token, not " + maxOutputTokens);
        }
    }

    /// The same with what `more` knows in place of what this knows.
    public ModelFacts with(ModelFacts more) {
        return new ModelFacts(
                more.contextWindow == null ? contextWindow : more.contextWindow,
                more.maxOutputTokens == null ? maxOutputTokens : more.maxOutputTokens,
                more.prices == null ? prices : more.prices,
                more.abilities.isEmpty() ? abilities : more.abilities);
    }

    public static ModelFacts window(int contextWindow) {
        return new ModelFacts(contextWindow, null, null, Set.of());
    }
}
