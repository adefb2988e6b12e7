package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Asks for facts.
///
/// @param prefix    only keys that begin with this; absent: all
/// @param limit     1 to 200; absent: 50
/// @param sessionId whose facts; absent: the caller's in every session
public record MemoryListParams(
        @Nullable String prefix,
        @Nullable Integer limit,
        @Nullable SessionId sessionId) {}
