package dev.dwata.agent.tool.sessions;

import dev.dwata.agent.store.MessagePage;
import dev.dwata.types.Role;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.StoredMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// One session with its latest messages.
///
/// @param recentMessages oldest first, their texts cut to 1,000 code points
/// @param hasMore        whether there are older ones
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SessionDetails(
        String sessionId,
        String title,
        SessionStatus status,
        String agentName,
        @Nullable String model,
        Instant createdAt,
        Instant lastActivity,
        long messageCount,
        List<Said> recentMessages,
        boolean hasMore) {
    private static final int MAX_CONTENT = 1000;

    record Said(Role role, String content, Instant timestamp) {}

    static SessionDetails of(SessionInfo session, MessagePage recent) {
        return new SessionDetails(
                session.id().value(),
                session.title(),
                session.status(),
                session.agentName(),
                session.model(),
                session.createdAt(),
                session.lastActivity(),
                session.messageCount(),
                recent.messages().stream().map(SessionDetails::said).toList(),
                recent.hasMore());
    }

    private static Said said(StoredMessage message) {
        String text = message.message().text();
        if (text.codePointCount(0, text.length()) > MAX_CONTENT) {
            text = text.substring(0, text.offsetByCodePoints(0, MAX_CONTENT)) + "…";
        }
        return new Said(message.role(), text, message.createdAt());
    }
}
