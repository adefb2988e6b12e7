package dev.dwata.gateway.ws;

import dev.dwata.types.Principal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections that are open.
final class Connections {
    private static final long PLACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentMap<String, Connection> byId = new ConcurrentHashMap<>();
    private final WsLimits limits;

    Connections(WsLimits limits) {
        this.limits = limits;
    }

    /// Whether one more is within the limits. Where too many have not connected yet, the one that has taken
    /// longest gives up its place, if it had a second: so nobody keeps others out by saying nothing.
    boolean roomForOne() {
        if (byId.size() >= limits.maxConnections()) {
            return false;
        }
        List<Connection> silent = unconnected();
        if (silent.size() < limits.maxUnconnected()) {
            return true;
        }
        Connection oldest = silent.stream()
                .max(Comparator.comparingLong(Connection::nanosOpen))
                .filter(connection -> connection.nanosOpen() >= PLACE_NANOS)
                .orElse(null);
        if (oldest != null) {
            oldest.end(Closing.TRY_AGAIN, "connect did not come, and others want to");
        }
        return oldest != null;
    }

    private List<Connection> unconnected() {
        return byId.values().stream()
                .filter(connection -> connection.identity() == null && !connection.isClosing())
                .toList();
    }

    void add(Connection connection) {
        byId.put(connection.id(), connection);
    }

    void remove(Connection connection) {
        byId.remove(connection.id());
    }

    @Nullable
    Connection find(String id) {
        return byId.get(id);
    }

    Collection<Connection> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }

    /// How many are a principal's; one that has not connected yet is nobody's.
    int of(Principal owner) {
        return (int) byId.values().stream()
                .map(Connection::identity)
                .filter(client -> client != null && client.principal().equals(owner))
                .count();
    }
}
