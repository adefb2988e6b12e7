package dev.dwata.agent.tool.sessions;

import dev.dwata.agent.tool.ToolContext;
import dev.dwata.types.SessionInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// A session in a list.
///
/// @param current whether it is the one that the call was made in; absent where it is not
/// @param snippet its latest message, or some of the text that was found; absent where there is neither
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SessionLine(
        String sessionId,
        String title,
        Instant lastActivity,
        long messageCount,
        @Nullable Boolean current,
        @Nullable String snippet) {
    static SessionLine of(SessionInfo session, @Nullable String snippet, ToolContext context) {
        return new SessionLine(
                session.id().value(),
                session.title(),
                session.lastActivity(),
                session.messageCount(),
                session.id().equals(context.sessionId()) ? true : null,
                snippet);
    }
}
