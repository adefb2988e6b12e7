package dev.dwata.agent.policy;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The most that may be used; absent is without limit.
///
/// @param tokens    input and output together
/// @param usd       US dollars
/// @param toolCalls calls that are begun
/// @param wallTime  for which runs are carried out, one after the other or at the same time
public record Budget(
        @Nullable Long tokens,
        @Nullable Double usd,
        @Nullable Long toolCalls,
        @Nullable Duration wallTime) {
    public static final Budget UNLIMITED = new Budget(null, null, null, null);

    private static final double MOST_USD = 1_000_000_000;

    public Budget {
        if ((tokens != null && tokens < 0) || (toolCalls != null && toolCalls < 0)) {
            throw new IllegalArgumentException("a budget is not negative");
        }
        if (usd != null && !(usd >= 0 && usd <= MOST_USD)) {
            throw new IllegalArgumentException("a budget in US dollars must be 0 to 1000000000, not " + usd);
        }
        if (wallTime != null && wallTime.isNegative()) {
            throw new IllegalArgumentException("a budget is not negative");
        }
    }

    public static Budget ofTokens(long tokens) {
        return new Budget(tokens, null, null, null);
    }

    public static Budget ofUsd(double usd) {
        return new Budget(null, usd, null, null);
    }

    public static Budget ofToolCalls(long calls) {
        return new Budget(null, null, calls, null);
    }

    public static Budget ofWallTime(Duration time) {
        return new Budget(null, null, null, time);
    }

    /// The less of this and `other`, measure by measure.
    public Budget and(Budget other) {
        return new Budget(
                least(tokens, other.tokens),
                least(usd, other.usd),
                least(toolCalls, other.toolCalls),
                least(wallTime, other.wallTime));
    }

    private static <T extends Comparable<T>> @Nullable T least(@Nullable T a, @Nullable T b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) <= 0 ? a : b;
    }

    List<Ceiling> ceilings(Scope scope) {
        List<Ceiling> ceilings = new ArrayList<>();
        if (tokens != null) {
            ceilings.add(new Ceiling(scope, Measure.TOKENS, tokens));
        }
        if (usd != null) {
            ceilings.add(new Ceiling(scope, Measure.USD, Amount.microUsd(usd)));
        }
        if (toolCalls != null) {
            ceilings.add(new Ceiling(scope, Measure.TOOL_CALLS, toolCalls));
        }
        if (wallTime != null) {
            ceilings.add(new Ceiling(scope, Measure.SECONDS, wallTime.toMillis()));
        }
        return ceilings;
    }
}
