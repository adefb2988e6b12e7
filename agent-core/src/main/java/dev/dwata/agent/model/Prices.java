package dev.dwata.agent.model;

import dev.dwata.types.TokenUsage;

/// What a model costs, in US dollars for a million tokens.
///
/// @param input      of the request, as far as it is neither read from nor written to the provider's cache
/// @param output     of the reply, reasoning included
/// @param cacheRead  of the request, read from the cache
/// @param cacheWrite of the request, written to the cache
public record Prices(double input, double output, double cacheRead, double cacheWrite) {
    public static final Prices FREE = new Prices(0, 0);

    private static final double UNIT = 1_000_000;

    public Prices {
        if (!(input >= 0 && output >= 0 && cacheRead >= 0 && cacheWrite >= 0)) {
            throw new IllegalArgumentException("prices are not negative");
        }
    }

    /// Prices of a provider that charges nothing extra for its cache.
    public Prices(double input, double output) {
        this(input, output, input, input);
    }

    public boolean isFree() {
        return input == 0 && output == 0 && cacheRead == 0 && cacheWrite == 0;
    }

    /// What one call cost, in US dollars.
    public double cost(TokenUsage usage) {
        long plain = Math.max(0, usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens());
        return (plain * input
                        + usage.cachedTokens() * cacheRead
                        + usage.cacheWriteTokens() * cacheWrite
                        + usage.outputTokens() * output)
                / UNIT;
    }

    /// The most that a call can cost, in US dollars, wherever its tokens come from.
    public double most(long inputTokens, long outputTokens) {
        return (inputTokens * Math.max(input, Math.max(cacheRead, cacheWrite)) + outputTokens * output) / UNIT;
    }
}
