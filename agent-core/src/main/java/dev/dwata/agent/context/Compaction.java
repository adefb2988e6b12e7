package dev.dwata.agent.context;

import org.jspecify.annotations.Nullable;

/// When and how a conversation that nears the end of a model's window is shortened: its older part is replaced
/// by a summary. The log keeps everything.
///
/// @param reserveTokens    what must stay free of the window for the reply; a smaller window keeps a quarter
/// @param keepRecentTokens how much of the latest conversation stays as it is; a smaller window keeps a third
/// @param model            writes the summary, `provider/name` or an alias; absent: the run's own model
public record Compaction(
        int reserveTokens, int keepRecentTokens, @Nullable String model) {
    public static final Compaction USUAL = new Compaction(16_384, 20_000, null);

    public Compaction {
        if (reserveTokens < 1 || keepRecentTokens < 1) {
            throw new IllegalArgumentException("reserveTokens and keepRecentTokens are at least 1");
        }
    }

    /// What may be used of a window before it counts as full.
    long full(int window) {
        return (long) window - Math.min(reserveTokens, window / 4);
    }

    /// What stays as it is, of a conversation of so many tokens.
    long keep(long tokens) {
        return Math.min(keepRecentTokens, tokens / 3);
    }
}
