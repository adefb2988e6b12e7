package dev.dwata.types.wire;

/// The fact is not kept any more.
///
/// @param deleted whether there was one
public record MemoryDeletePayload(String key, boolean deleted) {}
