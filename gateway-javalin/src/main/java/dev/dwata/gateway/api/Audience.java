package dev.dwata.gateway.api;

import dev.dwata.types.SessionId;
import java.util.Set;

/// Who is connected.
public interface Audience {
    /// How many connections follow a session.
    int clients(SessionId session);

    /// The sessions that at least one connection follows.
    Set<SessionId> followed();

    /// How many connections there are.
    int connections();
}
