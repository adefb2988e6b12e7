package dev.dwata.agent.store;

/// The most that may be used.
///
/// @param most counted as [Amount] counts it; exactly so much is still allowed
public record Ceiling(Scope scope, Measure measure, long most) {
    public Ceiling {
        if (most < 0) {
            throw new IllegalArgumentException("a budget is not negative");
        }
    }
}
