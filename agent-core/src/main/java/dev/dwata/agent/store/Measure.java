package dev.dwata.agent.store;

/// What budgets limit.
public enum Measure {
    TOKENS("tokens", 1),
    /// Counted in millionths.
    USD("usd", 1_000_000),
    TOOL_CALLS("toolCalls", 1),
    /// Counted in milliseconds.
    SECONDS("seconds", 1_000);

    private final String wireName;
    private final long parts;

    Measure(String wireName, long parts) {
        this.wireName = wireName;
        this.parts = parts;
    }

    /// As in settings and errors.
    public String wireName() {
        return wireName;
    }

    /// An amount in the unit that people use.
    public double inUnits(long counted) {
        return (double) counted / parts;
    }
}
