package dev.dwata.types.wire;

import dev.dwata.types.SessionId;

/// `session.updated`: title, status or activity changed.
public record SessionUpdatedPayload(SessionId sessionId, SessionView session) {}
