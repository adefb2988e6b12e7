package dev.dwata.types.wire;

import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionStatus;
import org.jspecify.annotations.Nullable;

/// A session was made.
///
/// @param runId the run for its first message; absent where it was made without one
/// @param seq   the entry of that message
public record SessionCreatePayload(
        SessionId sessionId,
        String agentName,
        SessionStatus status,
        @Nullable RunId runId,
        @Nullable Long seq) {}
