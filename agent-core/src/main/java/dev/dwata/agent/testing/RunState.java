package dev.dwata.agent.testing;

import dev.dwata.agent.store.Claim;
import dev.dwata.types.ErrorPayload;
import dev.dwata.types.MessageId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A run of an [InMemoryStore].
final class RunState {
    RunInfo info;

    /// Whether its deltas were merged.
    boolean compacted;

    /// The tool calls made so far, and where each is in its session's list.
    final Map<String, Integer> toolCalls = new HashMap<>();

    /// Text of the tokens since the last complete turn.
    final StringBuilder unfinished = new StringBuilder();

    @Nullable
    MessageId latestAnswer;

    /// Since when it is carried out; absent while it is not.
    @Nullable
    Instant since;

    boolean parked;
    private long epoch;

    /// Absent where the answer may be of any form.
    final @Nullable JsonNode outputSchema;

    RunState(RunInfo info, @Nullable JsonNode outputSchema) {
        this.outputSchema = outputSchema;
        this.info = info;
    }

    /// Whether a later run of the session has to wait for it.
    boolean isAhead() {
        return !info.status().isFinal() && !parked;
    }

    boolean isUnderWay() {
        return info.status() == RunStatus.RUNNING || info.status() == RunStatus.WAITING_INPUT;
    }

    boolean isHeldBy(Claim claim) {
        return !info.status().isFinal() && epoch == claim.epoch();
    }

    Claim claimed() {
        return new Claim(info.sessionId(), info.id(), ++epoch);
    }

    /// @param awaited whether one of its input requests is open
    void started(Instant now, boolean awaited) {
        since = since == null && !awaited ? now : since;
        Instant startedAt = info.startedAt() == null ? now : info.startedAt();
        RunStatus status = awaited ? RunStatus.WAITING_INPUT : RunStatus.RUNNING;
        info = with(status, startedAt, info.endedAt(), info.error(), info.usage(), info.turns());
    }

    void moved(RunStatus status) {
        info = with(status, info.startedAt(), info.endedAt(), info.error(), info.usage(), info.turns());
    }

    void used(TokenUsage usage, int turns) {
        info = with(
                info.status(),
                info.startedAt(),
                info.endedAt(),
                info.error(),
                info.usage().plus(usage),
                info.turns() + turns);
    }

    void ended(RunStatus status, Instant now, @Nullable ErrorPayload error) {
        info = with(status, info.startedAt(), now, error, info.usage(), info.turns());
    }

    private RunInfo with(
            RunStatus status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable ErrorPayload error,
            TokenUsage usage,
            int turns) {
        return new RunInfo(
                info.id(),
                info.sessionId(),
                info.owner(),
                status,
                info.admittedSeq(),
                info.message(),
                info.agentName(),
                info.model(),
                info.createdAt(),
                startedAt,
                endedAt,
                error,
                usage,
                turns,
                info.parentRunId(),
                info.rootRunId(),
                info.depth());
    }
}
