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
        int turns) {}
