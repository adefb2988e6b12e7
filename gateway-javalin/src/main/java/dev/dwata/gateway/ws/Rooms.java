package dev.dwata.gateway.ws;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Hands what was committed to the rooms of its sessions. A session that nobody follows has no room.
final class Rooms implements SessionLog.CommitListener {
    private static final long LOOK_MILLIS = 5;

    private final ConcurrentMap<SessionId, Room> rooms = new ConcurrentHashMap<>();
    private final Function<String, @Nullable Connection> connections;
    private final ToLongFunction<SessionId> heads;
    private final WsLimits limits;

    /// @param connections finds an open connection by its id
    /// @param heads       reads the number of a session's latest entry
    Rooms(Function<String, @Nullable Connection> connections, ToLongFunction<SessionId> heads, WsLimits limits) {
        this.connections = connections;
        this.heads = heads;
        this.limits = limits;
    }

    void join(Subscription subscription) {
        rooms.compute(subscription.session(), (id, present) -> {
            Room room = present == null ? new Room(id, heads, limits) : present;
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

    Set<SessionId> followed() {
        return Set.copyOf(rooms.keySet());
    }

    /// Waits until everybody was sent what is stored by now; what is committed is handed out a moment later.
    ///
    /// @param patience how long at most: a client may take nothing
    void awaitHandedOut(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Map.Entry<SessionId, Room> room : rooms.entrySet()) {
            long head = heads.applyAsLong(room.getKey());
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
