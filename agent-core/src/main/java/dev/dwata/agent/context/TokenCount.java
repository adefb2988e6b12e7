package dev.dwata.agent.context;

/// How many tokens a conversation has: what the provider counted last, and a guess of what was added since,
/// which learns from the difference between what was guessed and what was counted.
final class TokenCount {
    private static final double LEAST = 0.5;
    private static final double MOST = 3;

    private final long fixed;
    private double ratio = 1;
    private double guessed;
    private double added;
    private long counted = -1;

    /// @param fixed guess of what goes along with every question
    TokenCount(long fixed) {
        this.fixed = fixed;
        this.guessed = fixed;
    }

    void add(long guess) {
        guessed += guess;
        added += guess;
    }

    /// What the provider counted for everything so far.
    void counted(long tokens) {
        ratio = Math.clamp(tokens / Math.max(1, guessed), LEAST, MOST);
        counted = tokens;
        added = 0;
    }

    long total() {
        return Math.round(counted < 0 ? guessed * ratio : counted + added * ratio);
    }

    /// What a guess probably is in truth.
    long likely(long guess) {
        return Math.round(guess * ratio);
    }

    /// What it would be with something else in place of everything.
    long totalOf(long guess) {
        return likely(fixed + guess);
    }

    /// Begins anew with something else in place of everything.
    void replace(long guess) {
        guessed = fixed + guess;
        added = 0;
        counted = -1;
    }
}
