package dev.dwata.types.wire;

import dev.dwata.types.SessionId;

/// The connection follows this session now.
public record SessionsAttachPayload(SessionId sessionId, long headSeq) {}
