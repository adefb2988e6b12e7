package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.time.Instant;

/// The session that was made; the connection is in it now.
public record SessionsNewPayload(SessionId sessionId, String title, Instant createdAt) {}
