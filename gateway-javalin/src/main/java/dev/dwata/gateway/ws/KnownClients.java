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

    /// Notes a client.
    ///
    /// @param session the one it asked for; absent where it asked for none
    /// @return whether it was here before, in this session if it asked for one
    synchronized boolean add(@Nullable String clientId, @Nullable SessionId session) {
        if (clientId == null) {
            return false;
        }
        boolean known = note(new Visit(clientId, session));
        if (session != null) {
            note(new Visit(clientId, null));
        }
        return known;
    }

    private boolean note(Visit visit) {
        boolean known = visits.remove(visit);
        visits.add(visit);
        if (visits.size() > MANY) {
            Iterator<Visit> oldest = visits.iterator();
            oldest.next();
            oldest.remove();
        }
        return known;
    }
}
