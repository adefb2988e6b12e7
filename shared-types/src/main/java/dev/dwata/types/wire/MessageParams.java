package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/sessions/{id}/messages`.
public record MessageParams(
        String message,
        @Nullable String agentName,
        @Nullable String model) {}
