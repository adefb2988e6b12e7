package dev.dwata.agent.model;

import dev.dwata.types.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What a model costs, in US dollars for a million tokens.
///
/// @param input       of the request, as far as it is neither read from nor written to the provider's cache
/// @param output      of the reply, reasoning included
/// @param cacheRead   of the request, read from the cache
/// @param cacheWrite  of the request, written to the cache
/// @param longContext what long requests cost instead; absent where length makes no difference
public record Prices(
        double input,
        double output,
        double cacheRead,
        double cacheWrite,
        @Nullable LongContext longContext) {
    public static final Prices FREE = new Prices(0, 0);

    private static final double UNIT = 1_000_000;

    /// Prices of long requests.
    ///
    /// @param above  input tokens; a request with more costs `prices` from its first token on, and so does its
    ///               reply
    /// @param prices without a `longContext` of their own
    public record LongContext(long above, Prices prices) {
        public LongContext {
            if (above < 1 || prices.longContext() != null) {
                throw new IllegalArgumentException("long requests begin above 1 token, and have one price");
            }
        }
    }

    public Prices {
        if (!(input >= 0 && output >= 0 && cacheRead >= 0 && cacheWrite >= 0)) {
            throw new IllegalArgumentException("prices are not negative");
        }
    }

    /// Prices of which the length of a request makes no difference.
    public Prices(double input, double output, double cacheRead, double cacheWrite) {
        this(input, output, cacheRead, cacheWrite, null);
    }

    /// Prices of a provider that charges nothing extra for its cache.
    public Prices(double input, double output) {
        this(input, output, input, input);
    }

    /// Prices that are as high as these and as `other`.
    public Prices orHigher(Prices other) {
        Prices longer = longContext == null ? this : longContext.prices();
        Prices otherLonger = other.longContext == null ? other : other.longContext.prices();
        LongContext dearer = null;
        if (longContext != null || other.longContext != null) {
            long above = Math.min(
                    longContext == null ? Long.MAX_VALUE : longContext.above(),
                    other.longContext == null ? Long.MAX_VALUE : other.longContext.above());
            dearer = new LongContext(above, longer.flat().orHigher(otherLonger.flat()));
        }
        return new Prices(
                Math.max(input, other.input),
                Math.max(output, other.output),
                Math.max(cacheRead, other.cacheRead),
                Math.max(cacheWrite, other.cacheWrite),
                dearer);
    }

    private Prices flat() {
        return new Prices(input, output, cacheRead, cacheWrite);
    }

    public boolean isFree() {
        return input == 0 && output == 0 && cacheRead == 0 && cacheWrite == 0;
    }

    /// What one call cost, in US dollars.
    public double cost(TokenUsage usage) {
        Prices at = at(usage.inputTokens());
        long plain = Math.max(0, usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens());
        return (plain * at.input
                        + usage.cachedTokens() * at.cacheRead
                        + usage.cacheWriteTokens() * at.cacheWrite
                        + usage.outputTokens() * at.output)
                / UNIT;
    }

    /// The most that a call can cost, in US dollars, wherever its tokens come from.
    public double most(long inputTokens, long outputTokens) {
        Prices at = at(inputTokens);
        return (inputTokens * Math.max(at.input, Math.max(at.cacheRead, at.cacheWrite)) + outputTokens * at.output)
                / UNIT;
    }

    private Prices at(long inputTokens) {
        return longContext != null && inputTokens > longContext.above() ? longContext.prices() : this;
    }
}
