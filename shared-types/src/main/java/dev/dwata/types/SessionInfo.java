package dev.dwata.types;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is known of a session without reading its log.
///
/// @param title        given by a person, or made of the first message
/// @param model        the session's model as `provider/name`; absent where it follows the default
/// @param lastMessage  the text of the latest message, cut to at most 200 code points; absent where there is
///                     none
/// @param lastActivity the time of the latest message, or of the creation
/// @param messageCount messages of users and assistants
/// @param headSeq      the number of the latest entry of the log, 0 where there is none
/// @param contextType  what kind of thing the session is about
/// @param config       settings of the agent, as the creator gave them
/// @param parentRunId  the run that made this session for a task of its own; absent for all others
public record SessionInfo(
        SessionId id,
        String title,
        SessionStatus status,
        String agentName,
        @Nullable String model,
        @Nullable String lastMessage,
        Instant createdAt,
        Instant lastActivity,
        long messageCount,
        long headSeq,
        @Nullable String contextType,
        @Nullable String itemId,
        @Nullable String projectId,
        @Nullable JsonNode config,
        @Nullable RunId parentRunId) {

    /// One that no run has made.
    public SessionInfo(
            SessionId id,
            String title,
            SessionStatus status,
            String agentName,
            @Nullable String model,
            @Nullable String lastMessage,
            Instant createdAt,
            Instant lastActivity,
            long messageCount,
            long headSeq,
            @Nullable String contextType,
            @Nullable String itemId,
            @Nullable String projectId,
            @Nullable JsonNode config) {
        this(
                id,
                title,
                status,
                agentName,
                model,
                lastMessage,
                createdAt,
                lastActivity,
                messageCount,
                headSeq,
                contextType,
                itemId,
                projectId,
                config,
                null);
    }
}
