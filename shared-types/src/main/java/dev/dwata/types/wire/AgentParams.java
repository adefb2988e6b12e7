package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks the agent.
///
/// @param sessionId      absent: the current session of the connection, or a new one
/// @param queueMode      `queue`, the only mode so far and the default: wait for the runs before
/// @param idempotencyKey sending the same key and request again answers with the same run
/// @param outputSchema   JSON Schema of an object, that the answer is to follow; absent: it may be of any form
/// @param attachments    at most 20; absent where there are none
/// @param newSession     makes the session that the message is for, together with it; not with `sessionId`
public record AgentParams(
        String message,
        @Nullable SessionId sessionId,
        @Nullable String agentName,
        @Nullable String model,
        @Nullable String queueMode,
        @Nullable String idempotencyKey,
        @Nullable JsonNode context,
        @Nullable List<AttachmentParams> attachments,
        @Nullable JsonNode outputSchema,
        @Nullable SessionsNewParams newSession) {

    /// One of text alone.
    public AgentParams(
            String message,
            @Nullable SessionId sessionId,
            @Nullable String agentName,
            @Nullable String model,
            @Nullable String queueMode,
            @Nullable String idempotencyKey,
            @Nullable JsonNode context) {
        this(message, sessionId, agentName, model, queueMode, idempotencyKey, context, null, null, null);
    }
}
