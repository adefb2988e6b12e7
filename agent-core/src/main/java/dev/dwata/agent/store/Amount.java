package dev.dwata.agent.store;

import dev.dwata.types.TokenUsage;

/// How much is used of what budgets limit.
///
/// @param tokens    input and output together
/// @param microUsd  millionths of a US dollar
/// @param toolCalls calls that were begun
/// @param millis    for which runs were carried out, in milliseconds; those of runs that work for others lie
///                  within
public record Amount(long tokens, long microUsd, long toolCalls, long millis) {
    public static final Amount NONE = new Amount(0, 0, 0, 0);
    public static final Amount TOOL_CALL = new Amount(0, 0, 1, 0);

    private static final double MICRO = 1_000_000;

    /// What a model call used. Fractions of a millionth of a dollar count as a whole one.
    public static Amount of(TokenUsage usage) {
        return new Amount(usage.total(), usage.costUsd() == null ? 0 : microUsd(usage.costUsd()), 0, 0);
    }

    /// Rounded up, but for what the arithmetic of floating point has added.
    public static long microUsd(double usd) {
        return (long) Math.ceil(usd * MICRO - 1e-6);
    }

    public static Amount ofMillis(long millis) {
        return new Amount(0, 0, 0, millis);
    }

    public Amount plus(Amount other) {
        return new Amount(
                tokens + other.tokens, microUsd + other.microUsd, toolCalls + other.toolCalls, millis + other.millis);
    }

    public Amount negated() {
        return new Amount(-tokens, -microUsd, -toolCalls, -millis);
    }

    public long of(Measure measure) {
        return switch (measure) {
            case TOKENS -> tokens;
            case USD -> microUsd;
            case TOOL_CALLS -> toolCalls;
            case SECONDS -> millis;
        };
    }
}
