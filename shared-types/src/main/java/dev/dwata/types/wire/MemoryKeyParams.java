package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Names a fact.
///
/// @param sessionId whose fact it is; absent: the caller's in every session
public record MemoryKeyParams(String key, @Nullable SessionId sessionId) {}
