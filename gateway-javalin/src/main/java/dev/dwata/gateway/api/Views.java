package dev.dwata.gateway.api;

import dev.dwata.types.SessionInfo;
import dev.dwata.types.wire.SessionView;

/// Stored records as clients see them.
final class Views {
    private Views() {}

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
