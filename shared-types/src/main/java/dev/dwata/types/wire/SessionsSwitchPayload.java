package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;

/// The connection is in this session now.
///
/// @param recentMessages the latest 20, oldest first
/// @param headSeq        the latest entry when this was answered
/// @param pendingInputs  what the session's runs wait for, and those that work for them; oldest first
public record SessionsSwitchPayload(
        SessionId sessionId,
        String title,
        List<MessageView> recentMessages,
        long headSeq,
        List<InputView> pendingInputs) {}
