package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// What a session's agent is doing at the moment.
///
/// @param currentTask for people: the tool it uses, or a few words; absent where it does nothing
/// @param progress    of the tool it uses, 0 to 100; absent where it cannot be told
/// @param error       why its last run failed, one sentence; absent unless it has
public record AgentState(
        AgentStatus status,
        @Nullable String currentTask,
        @Nullable Integer progress,
        @Nullable String error) {
    public static final AgentState READY = new AgentState(AgentStatus.READY, null, null, null);

    public static final AgentState TERMINATED = new AgentState(AgentStatus.TERMINATED, null, null, null);

    public static AgentState busy(String task) {
        return new AgentState(AgentStatus.BUSY, task, null, null);
    }

    /// Whether an answer is on its way.
    @JsonProperty("typing")
    public boolean typing() {
        return status == AgentStatus.BUSY;
    }
}
