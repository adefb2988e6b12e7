package dev.dwata.types.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact that is kept for later.
///
/// @param truncated true where this is only the beginning of the value; else absent
/// @param pinned    whether models are told it before a conversation
public record FactView(
        String key, String value, @Nullable Boolean truncated, boolean pinned, Instant createdAt, Instant updatedAt) {}
