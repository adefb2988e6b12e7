package dev.dwata.types;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event with what identifies it.
///
/// @param seq   the number of this entry in its session's log: 1, 2, 3 … without a gap; 0 for an
///              [AgentEvent.Live] event, which is not part of the log
/// @param time  when it was appended, to the millisecond
/// @param runId absent for events that belong to no run
public record Envelope(
        SessionId sessionId,
        long seq,
        Instant time,
        @Nullable RunId runId,
        AgentEvent event) {
    public Envelope {
        if (seq < 0) {
            throw new IllegalArgumentException("seq is not negative");
        }
    }
}
