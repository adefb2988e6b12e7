package dev.dwata.types;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An input request as the store keeps it.
///
/// @param asked      what is wanted
/// @param seq        the log entry that asked
/// @param resolution what became of it; absent while it is open
public record InputRequest(
        SessionId sessionId,
        RunId runId,
        Principal owner,
        InputRequested asked,
        long seq,
        Instant createdAt,
        @Nullable InputResolved resolution) {

    public InputId id() {
        return asked.requestId();
    }

    /// Whether an answer can still be given.
    public boolean isOpen(Instant now) {
        return resolution == null && now.isBefore(asked.expiresAt());
    }
}
