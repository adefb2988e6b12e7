package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Finds facts by words.
///
/// @param query     words that the key or the value must have, all of them
/// @param sessionId whose facts are looked through, too; absent: only those of every session
/// @param limit     1 to 200, default 10
public record MemorySearchParams(
        String query,
        @Nullable SessionId sessionId,
        @Nullable Integer limit) {}
