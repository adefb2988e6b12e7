package dev.dwata.types.wire;

import java.util.List;

/// Facts that were found, the best first.
public record MemorySearchPayload(List<MemoryHitView> facts) {}
