package dev.dwata.agent.model;

import java.util.List;
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

    /// What can be relied upon where others may stand in for this model: the smallest window and output, and
    /// the highest prices, which are known only where those of all are. Its abilities stay its own.
    public ModelFacts withStandIns(List<ModelFacts> others) {
        Integer window = contextWindow;
        Integer output = maxOutputTokens;
        Prices highest = prices;
        for (ModelFacts other : others) {
            window = least(window, other.contextWindow);
            output = least(output, other.maxOutputTokens);
            highest = highest == null || other.prices == null ? null : highest.orHigher(other.prices);
        }
        return new ModelFacts(window, output, highest, abilities);
    }

    private static @Nullable Integer least(@Nullable Integer a, @Nullable Integer b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }

    public static ModelFacts window(int contextWindow) {
        return new ModelFacts(contextWindow, null, null, Set.of());
    }
}
