package dev.dwata.gateway.ws;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Envelope;
import dev.dwata.types.Participant;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.SessionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Hands what was committed to the rooms of its sessions. A session that nobody follows has no room.
final class Rooms implements SessionLog.CommitListener {
    private static final long LOOK_MILLIS = 5;

    private final ConcurrentMap<SessionId, Room> rooms = new ConcurrentHashMap<>();
    private final Function<String, @Nullable Connection> connections;
    private final Store store;
    private final WsLimits limits;
    private final ScheduledExecutorService timer;

    /// @param connections finds an open connection by its id
    /// @param timer       runs short tasks that do not block
    Rooms(
            Function<String, @Nullable Connection> connections,
            Store store,
            WsLimits limits,
            ScheduledExecutorService timer) {
        this.connections = connections;
        this.store = store;
        this.limits = limits;
        this.timer = timer;
    }

    void join(Subscription subscription) {
        rooms.compute(subscription.session(), (id, present) -> {
            Room room = present == null ? new Room(id, store, limits, timer) : present;
            room.add(subscription);
            return room;
        });
    }

    void leave(Subscription subscription) {
        subscription.end();
        rooms.computeIfPresent(subscription.session(), (id, room) -> room.remove(subscription) ? null : room);
    }

    /// Those who follow a session.
    List<Connection> followers(SessionId session) {
        Room room = rooms.get(session);
        return room == null
                ? List.of()
                : room.subscriptions().stream().map(Subscription::connection).toList();
    }

    /// Shows those who follow a session what a connection that does so, too, says of itself.
    ///
    /// @return whether it does follow it
    boolean show(Connection from, SessionId session, @Nullable JsonNode state) {
        Room room = rooms.get(session);
        if (room == null) {
            return false;
        }
        for (Subscription subscription : room.subscriptions()) {
            if (subscription.connection() == from) {
                subscription.show(state);
                room.shown(subscription);
                return true;
            }
        }
        return false;
    }

    /// Who is in a session that somebody follows; empty where nobody does.
    List<Participant> participants(SessionId session) {
        Room room = rooms.get(session);
        return room == null ? List.of() : room.participants();
    }

    /// A session is like this now. Does not block.
    void is(SessionView now) {
        Room room = rooms.get(now.id());
        if (room != null) {
            room.is(now);
        }
    }

    Set<SessionId> followed() {
        return Set.copyOf(rooms.keySet());
    }

    /// Waits until everybody was sent what is stored by now; what is committed is handed out a moment later.
    ///
    /// @param patience how long at most: a client may take nothing
    void awaitHandedOut(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Map.Entry<SessionId, Room> room : rooms.entrySet()) {
            long head = store.log().headSeq(room.getKey());
            while (!room.getValue().hasSent(head) && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    @Override
    public void changedElsewhere() {
        rooms.values().forEach(Room::changedElsewhere);
    }

    /// Hands out; a connection whose message this is follows the session from that message on.
    @Override
    public void committed(List<Envelope> batch) {
        for (Map.Entry<SessionId, List<Envelope>> entry : bySession(batch).entrySet()) {
            for (Envelope event : entry.getValue()) {
                if (event.event() instanceof MessageReceived message && message.connectionId() != null) {
                    Connection sender = connections.apply(message.connectionId());
                    if (sender != null) {
                        sender.following().followFrom(event.sessionId(), event.seq() - 1);
                    }
                }
            }
            Room room = rooms.get(entry.getKey());
            if (room != null) {
                room.committed(entry.getValue());
            }
        }
    }

    private static Map<SessionId, List<Envelope>> bySession(List<Envelope> batch) {
        if (batch.size() == 1) {
            return Map.of(batch.getFirst().sessionId(), batch);
        }
        Map<SessionId, List<Envelope>> bySession = new LinkedHashMap<>();
        for (Envelope event : batch) {
            bySession
                    .computeIfAbsent(event.sessionId(), id -> new ArrayList<>())
                    .add(event);
        }
        return bySession;
    }
}
