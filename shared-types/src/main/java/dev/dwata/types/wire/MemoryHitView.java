package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// A fact that was found.
///
/// @param snippet   some of the value, with « » around the words
/// @param sessionId whose fact it is; absent: the caller's in every session
public record MemoryHitView(
        FactView fact, String snippet, @Nullable SessionId sessionId) {}
