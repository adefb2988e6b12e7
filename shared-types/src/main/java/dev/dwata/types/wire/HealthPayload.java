package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// The answer of `/health`.
///
/// @param status   `healthy`; `degraded` where what is stored can be read but nothing new is taken; `unhealthy`
/// @param database `connected` or `unavailable`
/// @param error    one sentence; absent where all is well, as is `code`
/// @param uptime   seconds
public record HealthPayload(
        String status,
        String database,
        @Nullable String error,
        @Nullable String code,
        String version,
        long uptime) {}
