package dev.dwata.gateway.ws;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.Views;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.SessionUpdatedPayload;
import dev.dwata.types.wire.SessionView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who follow a session or have listed sessions when its title, status or activity changed. Changes
/// that come while others are being told are told together.
final class SessionNotices implements SessionLog.CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionNotices.class);

    private final SessionOperations sessions;
    private final Rooms rooms;
    private final Supplier<Collection<Connection>> connections;
    private Set<SessionId> changed = new LinkedHashSet<>();
    private boolean busy;

    SessionNotices(SessionOperations sessions, Rooms rooms, Supplier<Collection<Connection>> connections) {
        this.sessions = sessions;
        this.rooms = rooms;
        this.connections = connections;
    }

    @Override
    public void committed(List<Envelope> batch) {
        for (Envelope event : batch) {
            if (event.event() instanceof AgentEvent.MessageReceived || event.event() instanceof AgentEvent.Terminal) {
                changed(event.sessionId());
            }
        }
    }

    /// Does not block.
    synchronized void changed(SessionId session) {
        changed.add(session);
        if (!busy) {
            busy = true;
            Thread.ofVirtual().name("session-notices").start(this::tellAll);
        }
    }

    /// @param last as it was
    void deleted(Principal owner, SessionView last) {
        List<Connection> followers = rooms.followers(last.id());
        Outgoing notice = notice(Views.gone(last));
        for (Connection listener : listeners(followers)) {
            if (isOf(listener, owner)) {
                listener.outbox().send(notice);
            }
        }
        followers.forEach(follower -> follower.following().leave(last.id()));
    }

    private synchronized Set<SessionId> takeChanged() {
        Set<SessionId> taken = changed;
        changed = new LinkedHashSet<>();
        busy = !taken.isEmpty();
        return taken;
    }

    private void tellAll() {
        Set<SessionId> sessionsChanged = takeChanged();
        while (!sessionsChanged.isEmpty()) {
            for (SessionId session : sessionsChanged) {
                try {
                    tell(session);
                } catch (RuntimeException e) {
                    LOG.warn("clients could not be told of session {}: {}", session, e.toString());
                }
            }
            sessionsChanged = takeChanged();
        }
    }

    /// Tells each listener who may see the session.
    private void tell(SessionId session) {
        Map<Principal, @Nullable Outgoing> notices = new HashMap<>();
        for (Connection listener : listeners(rooms.followers(session))) {
            Identity client = listener.identity();
            if (client != null) {
                Outgoing notice = notices.computeIfAbsent(client.principal(), owner -> notice(owner, session));
                if (notice != null) {
                    listener.outbox().send(notice);
                }
            }
        }
    }

    private @Nullable Outgoing notice(Principal owner, SessionId session) {
        try {
            SessionView view = sessions.view(owner, session);
            rooms.is(view);
            return notice(view);
        } catch (AgentException e) {
            return null;
        }
    }

    private static Outgoing notice(SessionView session) {
        return Outgoing.event("session.updated", new SessionUpdatedPayload(session.id(), session));
    }

    private List<Connection> listeners(List<Connection> followers) {
        Set<Connection> listeners = new LinkedHashSet<>(followers);
        for (Connection connection : connections.get()) {
            if (connection.watchesSessions()) {
                listeners.add(connection);
            }
        }
        return new ArrayList<>(listeners);
    }

    private static boolean isOf(Connection connection, Principal owner) {
        Identity client = connection.identity();
        return client != null && client.principal().equals(owner);
    }
}
