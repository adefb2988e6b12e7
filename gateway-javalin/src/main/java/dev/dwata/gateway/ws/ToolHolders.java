package dev.dwata.gateway.ws;

import dev.dwata.agent.ClientTools;
import dev.dwata.agent.ClientTools.Offer;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The tools of connected clients: a session is offered them as long as a connection of their client follows
/// it.
final class ToolHolders {
    private final ClientTools tools;
    private final Rooms rooms;
    private final ToLongFunction<SessionId> heads;

    /// @param heads reads the number of a session's latest entry
    ToolHolders(ClientTools tools, Rooms rooms, ToLongFunction<SessionId> heads) {
        this.tools = tools;
        this.rooms = rooms;
        this.heads = heads;
    }

    /// Offers tools, and has the connection follow the session from now on.
    ///
    /// @return what its client offers there now
    /// @throws AgentException with `InvalidRequest` or `Conflict` naming the tool that is wrong
    List<String> register(Connection from, SessionId session, List<Offer> offers) {
        long head = heads.applyAsLong(session);
        tools.register(session, from.key(), offers);
        if (!session.equals(from.following().current())) {
            from.following().askFor(session);
        }
        from.following().follow(session, new Following.From(null, head, false));
        if (!rooms.followers(session).contains(from)) {
            left(from, session); // it went meanwhile
        }
        return tools.names(session, from.key());
    }

    /// @param names absent: all
    /// @return what its client still offers there
    List<String> unregister(Connection from, SessionId session, @Nullable List<String> names) {
        tools.unregister(session, from.key(), names);
        return tools.names(session, from.key());
    }

    /// A connection does not follow a session any more. What its client offered there is taken back, unless
    /// another connection of the client is there. Does not block.
    void left(Connection from, SessionId session) {
        if (from.identity() == null) {
            return;
        }
        boolean stillThere = rooms.followers(session).stream()
                .anyMatch(other -> other.identity() != null && other.key().equals(from.key()));
        if (!stillThere) {
            tools.unregister(session, from.key(), null);
        }
    }
}
