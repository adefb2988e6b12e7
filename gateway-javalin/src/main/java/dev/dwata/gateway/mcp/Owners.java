package dev.dwata.gateway.mcp;

import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose the protocol's sessions are: their ids are no secret that could stand for a token. Of too many the one
/// that was not used for longest is forgotten; its client is told to begin anew.
final class Owners {
    private static final int MOST = 4_096;

    private final Map<String, Owned> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Owned> eldest) {
            return size() > MOST;
        }
    };

    /// @param calls the session of dwata that holds direct calls; absent until there is one
    private record Owned(Principal principal, @Nullable SessionId calls) {}

    synchronized void began(String session, Principal principal) {
        sessions.put(session, new Owned(principal, null));
    }

    synchronized boolean isOf(String session, Principal principal) {
        Owned owned = sessions.get(session);
        return owned != null && owned.principal().equals(principal);
    }

    synchronized @Nullable SessionId calls(String session) {
        Owned owned = sessions.get(session);
        return owned == null ? null : owned.calls();
    }

    synchronized void callsIn(String session, SessionId calls) {
        sessions.computeIfPresent(session, (id, owned) -> new Owned(owned.principal(), calls));
    }

    synchronized void ended(String session) {
        sessions.remove(session);
    }
}
