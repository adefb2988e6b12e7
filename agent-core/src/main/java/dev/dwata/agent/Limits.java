package dev.dwata.agent;

/// What ends a run that does not end by itself.
///
/// @param maxTurns                   model calls per run
/// @param maxConsecutiveToolFailures tool calls that fail without one in between that succeeds
/// @param maxIdenticalToolCalls      calls of one tool with the same arguments, one after the other: the last
///                                   of them is not run any more, and one more ends the run
/// @param maxIdenticalOfLatest       such calls among the latest [#LATEST_CALLS], whatever is between them:
///                                   likewise
public record Limits(
        int maxTurns, int maxConsecutiveToolFailures, int maxIdenticalToolCalls, int maxIdenticalOfLatest) {
    public static final int LATEST_CALLS = 20;
    public static final Limits DEFAULT = new Limits(30, 3);

    public Limits {
        if (maxTurns < 1 || maxConsecutiveToolFailures < 1 || maxIdenticalToolCalls < 1 || maxIdenticalOfLatest < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }

    /// With the usual limits for identical calls.
    public Limits(int maxTurns, int maxConsecutiveToolFailures) {
        this(maxTurns, maxConsecutiveToolFailures, 3, 8);
    }
}
