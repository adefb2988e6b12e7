package dev.dwata.agent;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.Map;

/// What all streams say of a cursor that cannot be right.
public final class EventStreams {
    private EventStreams() {}

    /// @throws AgentException with `InvalidRequest` if negative
    public static void checkCursor(long afterSeq) {
        if (afterSeq < 0) {
            throw new AgentException(new AgentError.InvalidRequest("afterSeq must be 0 or more, not " + afterSeq));
        }
    }

    public static AgentError ahead(long afterSeq, long headSeq) {
        return new AgentError.Conflict(
                "afterSeq " + afterSeq + " is ahead of the session's log, which ends at " + headSeq,
                Map.of("headSeq", headSeq));
    }
}
