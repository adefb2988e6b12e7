package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Keeps a fact, in place of the one before.
///
/// @param pinned    whether models are told it before a conversation; absent: as it was, for a new one not
/// @param sessionId whose fact it is; absent: the caller's in every session
public record MemorySetParams(
        String key,
        String value,
        @Nullable Boolean pinned,
        @Nullable SessionId sessionId) {}
