package dev.dwata.types.wire;

import dev.dwata.types.SessionId;

/// The state is shown.
public record PresenceUpdatePayload(SessionId sessionId) {}
