package dev.dwata.gateway.http;

import dev.dwata.gateway.auth.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request that was answered, or whose client has gone. Nothing of what was sent in either direction is in
/// here, nor is the query.
///
/// @param route  as it was added, such as `/api/v1/sessions/{id}`; absent where there is none for it
/// @param bytes  of the answer's body
/// @param id     of the request, as its answer names it
/// @param caller absent where nobody has looked who calls
public record Answered(
        String method,
        @Nullable String route,
        int status,
        Duration time,
        long bytes,
        String id,
        @Nullable Caller caller) {}
