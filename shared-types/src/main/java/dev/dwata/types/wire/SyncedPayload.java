package dev.dwata.types.wire;

import dev.dwata.types.SessionId;

/// `synced`: everything up to `headSeq` was replay, what follows is live.
public record SyncedPayload(SessionId sessionId, long headSeq) {}
