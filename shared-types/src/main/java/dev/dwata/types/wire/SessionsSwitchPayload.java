package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The connection is in this session now.
///
/// @param recentMessages the latest 20, oldest first
/// @param headSeq        the latest entry when this was answered
/// @param pendingInputs  what the session waits for from people
public record SessionsSwitchPayload(
        SessionId sessionId,
        String title,
        List<MessageView> recentMessages,
        long headSeq,
        List<JsonNode> pendingInputs) {}
