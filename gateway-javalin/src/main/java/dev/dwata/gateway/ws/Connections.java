package dev.dwata.gateway.ws;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The connections that are open.
final class Connections {
    private final ConcurrentMap<String, Connection> byId = new ConcurrentHashMap<>();
    private final WsLimits limits;

    Connections(WsLimits limits) {
        this.limits = limits;
    }

    /// Whether one more is within the limits.
    boolean roomForOne() {
        return byId.size() < limits.maxConnections() && unconnected() < limits.maxUnconnected();
    }

    private long unconnected() {
        return byId.values().stream()
                .filter(connection -> connection.identity() == null)
                .count();
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
}
