package dev.dwata.gateway.mcp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The requests that are being answered, so that they can be cancelled: the SDK (2.1.0) leaves
/// `notifications/cancelled` alone.
final class CallsUnderWay {
    /// Says in a request's context which one it is.
    static final String ID = Id.class.getName();

    private final Map<Id, Runnable> cancellations = new HashMap<>();
    private final Set<Id> cancelled = new HashSet<>();

    /// @param session of the protocol
    /// @param request the id that the client gave it, as JSON
    record Id(String session, String request) {}

    synchronized void begin(Id id) {
        cancellations.put(id, () -> {});
    }

    /// @param cancel is called at most once, also when it was cancelled before; does not block
    synchronized void cancelWith(Id id, Runnable cancel) {
        if (cancelled.contains(id)) {
            cancel.run();
        } else if (cancellations.containsKey(id)) {
            cancellations.put(id, cancel);
        }
    }

    synchronized void cancel(Id id) {
        Runnable cancel = cancellations.get(id);
        if (cancel != null && cancelled.add(id)) {
            cancel.run();
        }
    }

    synchronized void end(Id id) {
        cancellations.remove(id);
        cancelled.remove(id);
    }
}
