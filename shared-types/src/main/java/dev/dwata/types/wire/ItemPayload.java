package dev.dwata.types.wire;

/// One item.
public record ItemPayload(ItemView item) {}
