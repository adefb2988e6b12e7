package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Names a session to follow.
///
/// @param afterSeq replay the entries after this one; absent: nothing is replayed
public record SessionCursorParams(
        SessionId sessionId, @Nullable Long afterSeq) {}
