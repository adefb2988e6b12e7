package dev.dwata.types.wire;

import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// A message was taken.
///
/// @param runId    absent for a slash command
/// @param status   `accepted`, `queued`, `command`; for a repeated idempotency key the present status of its
///                 run
/// @param position how many runs are before it, itself included; absent unless queued
/// @param seq      the entry of the message in the session's log; absent for a slash command
public record AgentPayload(
        @Nullable RunId runId,
        @Nullable SessionId sessionId,
        String status,
        @Nullable Integer position,
        @Nullable Long seq) {}
