package dev.dwata.types;

import org.jspecify.annotations.Nullable;

/// Tokens that model calls have used.
///
/// @param inputTokens      all tokens of the request, those read from or written to a cache included
/// @param outputTokens     all tokens of the reply, reasoning included
/// @param cachedTokens     the part of `inputTokens` that the provider read from its cache
/// @param costUsd          what it cost in US dollars; absent where the price is not known
/// @param cacheWriteTokens the part of `inputTokens` that the provider wrote to its cache
public record TokenUsage(
        long inputTokens,
        long outputTokens,
        long cachedTokens,
        @Nullable Double costUsd,
        long cacheWriteTokens) {
    public static final TokenUsage ZERO = new TokenUsage(0, 0, 0, null);

    public TokenUsage {
        if (inputTokens < 0 || outputTokens < 0 || cachedTokens < 0 || cacheWriteTokens < 0) {
            throw new IllegalArgumentException("token counts are not negative");
        }
    }

    /// Use of a provider that does not tell what it wrote to its cache.
    public TokenUsage(long inputTokens, long outputTokens, long cachedTokens, @Nullable Double costUsd) {
        this(inputTokens, outputTokens, cachedTokens, costUsd, 0);
    }

    public TokenUsage withCost(@Nullable Double usd) {
        return new TokenUsage(inputTokens, outputTokens, cachedTokens, usd, cacheWriteTokens);
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cachedTokens + other.cachedTokens,
                sum(costUsd, other.costUsd),
                cacheWriteTokens + other.cacheWriteTokens);
    }

    /// Input and output together.
    public long total() {
        return inputTokens + outputTokens;
    }

    private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
        if (a == null) {
            return b;
        }
        return b == null ? a : Double.valueOf(a + b);
    }
}
