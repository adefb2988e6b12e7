package dev.dwata.gateway.ws;

import dev.dwata.types.SessionId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Remembers which clients were here, the latest ones.
final class KnownClients {
    private static final int MANY = 4_096;

    private record Visit(String clientId, @Nullable SessionId session) {}

    private final Set<Visit> visits = new LinkedHashSet<>();

    /// Notes that a client is here.
    ///
    /// @param session absent: that it has connected
    synchronized void add(String clientId, @Nullable SessionId session) {
        Visit visit = new Visit(clientId, session);
        visits.remove(visit);
        visits.add(visit);
        if (visits.size() > MANY) {
            Iterator<Visit> oldest = visits.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /// Whether a client was here before, in this session if one is given.
    synchronized boolean contains(String clientId, @Nullable SessionId session) {
        return visits.contains(new Visit(clientId, session));
    }
}
