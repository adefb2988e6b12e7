package dev.dwata.agent.definition;

import org.jspecify.annotations.Nullable;

/// What ends a run of an agent that does not end by itself, where it differs from what holds for all.
///
/// @param maxTurns                   model calls per run; absent: as for all
/// @param maxConsecutiveToolFailures tool calls that fail without one in between that succeeds; absent: as for
///                                   all
public record AgentLimits(
        @Nullable Integer maxTurns, @Nullable Integer maxConsecutiveToolFailures) {
    public static final AgentLimits NONE = new AgentLimits(null, null);

    public AgentLimits {
        if ((maxTurns != null && maxTurns < 1)
                || (maxConsecutiveToolFailures != null && maxConsecutiveToolFailures < 1)) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
