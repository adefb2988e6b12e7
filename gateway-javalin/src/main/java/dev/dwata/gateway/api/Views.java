package dev.dwata.gateway.api;

import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.wire.SessionView;

/// Stored records as clients see them.
public final class Views {
    private Views() {}

    /// A session that was deleted, as far as its clients can be told.
    public static SessionView gone(SessionView last) {
        return new SessionView(
                last.id(),
                last.title(),
                last.lastMessage(),
                last.lastActivity(),
                last.createdAt(),
                last.messageCount(),
                SessionStatus.ARCHIVED,
                last.agentName(),
                last.model(),
                last.contextType(),
                last.itemId(),
                last.projectId(),
                0,
                last.headSeq());
    }

    static SessionView session(SessionInfo session, int clients) {
        return new SessionView(
                session.id(),
                session.title(),
                session.lastMessage(),
                session.lastActivity(),
                session.createdAt(),
                session.messageCount(),
                session.status(),
                session.agentName(),
                session.model(),
                session.contextType(),
                session.itemId(),
                session.projectId(),
                clients,
                session.headSeq());
    }
}
