package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The connection follows this session now.
///
/// @param headSeq       the latest entry when this was answered
/// @param pendingInputs what the session's runs wait for, and those that work for them; oldest first
public record SessionsAttachPayload(
        SessionId sessionId, long headSeq, @Nullable List<InputView> pendingInputs) {}
