package dev.dwata.gateway.auth;

import dev.dwata.types.AgentException;
import org.jspecify.annotations.Nullable;

/// Tells who calls by what they show. May be called from many threads, and may block.
@FunctionalInterface
public interface Callers {
    /// Asks for nothing.
    Callers ANYBODY = token -> Caller.ANYBODY;

    /// @param token the bearer token, as sent; absent where there is none
    /// @throws AgentException with `Unauthenticated`, or `RateLimited` where too many were wrong before
    Caller identify(@Nullable String token);
}
