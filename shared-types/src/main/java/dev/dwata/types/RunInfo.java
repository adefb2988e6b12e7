package dev.dwata.types;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a run without reading the log.
///
/// @param admittedSeq the log entry of the message that asked for it: runs of a session happen in this order
/// @param message     what was asked
/// @param model       the model that was asked for; absent where the session's or the default was meant
/// @param error       why it failed; absent otherwise
/// @param usage       what all its turns used together
/// @param parentRunId the run that this one works for; absent where people asked for it
/// @param rootRunId   the run that people asked for: this one itself, or the one at the beginning of its
///                    parents
/// @param depth       how many parents it has
public record RunInfo(
        RunId id,
        SessionId sessionId,
        Principal owner,
        RunStatus status,
        long admittedSeq,
        String message,
        String agentName,
        @Nullable String model,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable ErrorPayload error,
        TokenUsage usage,
        int turns,
        @Nullable RunId parentRunId,
        RunId rootRunId,
        int depth) {

    /// One that people asked for.
    public RunInfo(
            RunId id,
            SessionId sessionId,
            Principal owner,
            RunStatus status,
            long admittedSeq,
            String message,
            String agentName,
            @Nullable String model,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable ErrorPayload error,
            TokenUsage usage,
            int turns) {
        this(
                id,
                sessionId,
                owner,
                status,
                admittedSeq,
                message,
                agentName,
                model,
                createdAt,
                startedAt,
                endedAt,
                error,
                usage,
                turns,
                null,
                id,
                0);
    }
}
