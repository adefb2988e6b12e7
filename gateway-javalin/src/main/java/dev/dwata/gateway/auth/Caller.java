package dev.dwata.gateway.auth;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who asks, as the gateway knows it: nothing here is what a client says of itself.
///
/// @param principal whose sessions and things they are
/// @param token     the id of the token that was shown; absent where none is asked for
public record Caller(
        Principal principal, Set<Scope> scopes, @Nullable String token) {
    /// Whoever is at this machine, where nothing is asked for.
    public static final Caller ANYBODY = new Caller(Principal.LOCAL, Set.of(Scope.values()), null);

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// @throws AgentException with `Forbidden` if the scope is missing
    public void require(Scope needed) {
        if (!scopes.contains(needed)) {
            throw new AgentException(
                    new AgentError.Forbidden("this needs the scope " + needed.wireName() + ", which the token lacks"));
        }
    }
}
