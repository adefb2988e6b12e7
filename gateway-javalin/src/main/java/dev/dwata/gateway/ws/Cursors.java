package dev.dwata.gateway.ws;

import dev.dwata.agent.EventStreams;
import dev.dwata.types.AgentException;
import org.jspecify.annotations.Nullable;

/// Checks where a client wants to go on.
final class Cursors {
    private Cursors() {}

    /// @param head the latest entry of the session
    /// @throws AgentException with `InvalidRequest` if negative, `Conflict` if ahead
    static Following.From from(@Nullable Long afterSeq, long head) {
        if (afterSeq != null) {
            EventStreams.checkCursor(afterSeq);
            if (afterSeq > head) {
                throw new AgentException(EventStreams.ahead(afterSeq, head));
            }
        }
        return new Following.From(afterSeq, head, true);
    }
}
