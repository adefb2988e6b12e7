package dev.dwata.types.wire;

import dev.dwata.types.SessionId;

/// Names a session.
public record SessionIdParams(SessionId sessionId) {}
