package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// A session was archived, or deleted for good.
///
/// @param purged  whether it is gone for good
/// @param session as it is now; absent where it is gone
public record SessionRemovedPayload(
        SessionId sessionId, boolean purged, @Nullable SessionView session) {}
