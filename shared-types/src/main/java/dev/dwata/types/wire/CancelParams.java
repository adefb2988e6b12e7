package dev.dwata.types.wire;

import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Stops a run.
///
/// @param runId     absent: the active run of the session
/// @param sessionId absent: the current session of the connection
public record CancelParams(
        @Nullable RunId runId,
        @Nullable SessionId sessionId,
        @Nullable String reason) {}
