package dev.dwata.types.wire;

/// The fact is kept.
public record MemorySetPayload(String key) {}
