package dev.dwata.agent.store;

import dev.dwata.types.SessionInfo;
import java.util.List;

/// A page of a list of sessions.
///
/// @param total how many there are on all pages
public record SessionPage(List<SessionInfo> sessions, long total) {
    public SessionPage {
        sessions = List.copyOf(sessions);
    }
}
