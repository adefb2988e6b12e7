package dev.dwata.types.wire;

import dev.dwata.types.ErrorPayload;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run as clients see it.
///
/// @param seq         the entry of the message that asked for it
/// @param message     what was asked
/// @param model       absent where the session's or the default was meant
/// @param startedAt   absent while it waits for its turn
/// @param endedAt     absent while it is not over
/// @param error       why it failed; absent otherwise
/// @param usage       of all its turns together
/// @param parentRunId the run that it works for; absent where people asked
public record RunView(
        RunId runId,
        SessionId sessionId,
        RunStatus status,
        long seq,
        String message,
        String agentName,
        @Nullable String model,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable ErrorPayload error,
        TokenUsage usage,
        int turns,
        @Nullable RunId parentRunId) {

    public static RunView of(RunInfo run) {
        return new RunView(
                run.id(),
                run.sessionId(),
                run.status(),
                run.admittedSeq(),
                run.message(),
                run.agentName(),
                run.model(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                run.error(),
                run.usage(),
                run.turns(),
                run.parentRunId());
    }
}
