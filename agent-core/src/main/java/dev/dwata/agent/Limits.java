package dev.dwata.agent;

/// What ends a run that does not end by itself.
///
/// @param maxTurns                   model calls per run
/// @param maxConsecutiveToolFailures tool calls that fail without one in between that succeeds
public record Limits(int maxTurns, int maxConsecutiveToolFailures) {
    public static final Limits DEFAULT = new Limits(30, 3);

    public Limits {
        if (maxTurns < 1 || maxConsecutiveToolFailures < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
