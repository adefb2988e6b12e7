package dev.dwata.types.wire;

import java.util.List;

/// Sessions found, the latest activity first.
public record SearchPayload(List<SearchHitView> sessions) {}
