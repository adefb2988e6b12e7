package dev.dwata.gateway.auth;

import dev.dwata.types.AgentException;
import org.jspecify.annotations.Nullable;

/// Tells who calls by what they show. May be called from many threads, and may block.
@FunctionalInterface
public interface Callers {
    /// Asks for nothing.
    Callers ANYBODY = token -> Caller.ANYBODY;

    /// @param token the bearer token, as sent; absent where there is none
    /// @throws AgentException with `Unauthenticated`
    Caller identify(@Nullable String token);

    /// Whether a caller that was identified before would be so again.
    default boolean holds(Caller caller) {
        return true;
    }
}
