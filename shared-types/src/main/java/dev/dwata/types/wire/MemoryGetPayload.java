package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// A fact, whole.
///
/// @param fact absent where there is none
public record MemoryGetPayload(String key, @Nullable FactView fact) {}
