package dev.dwata.gateway.api;

import dev.dwata.types.Participant;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.SessionView;
import java.util.List;
import java.util.Set;

/// Who is connected.
public interface Audience {
    /// How many connections follow a session.
    int clients(SessionId session);

    /// Who is in a session: the clients that follow it, and its agent as they were told of it. Empty where
    /// nobody follows it.
    List<Participant> participants(SessionId session);

    /// The sessions that at least one connection follows.
    Set<SessionId> followed();

    /// Tells them that a session was deleted; nobody follows it any more. Does not block.
    ///
    /// @param last as it was
    void deleted(Principal owner, SessionView last);

    /// How many connections were closed because their client was too slow.
    default long overflows() {
        return 0;
    }

    /// How many connections there are.
    int connections();

    /// How many of them are a principal's.
    int connections(Principal owner);
}
