package dev.dwata.gateway.auth;

import dev.dwata.agent.store.Tokens;
import dev.dwata.agent.store.Tokens.Token;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Callers that show a token. It is looked up anew each time, so that one that was revoked, by whatever
/// process, lets nobody in any more. Only hashes are compared.
public final class TokenCallers implements Callers {
    private final Tokens tokens;

    public TokenCallers(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Caller identify(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            throw stranger("a token is needed: send it in the header 'Authorization: Bearer TOKEN'");
        }
        String hash = BearerToken.hash(token);
        Optional<Token> found = tokens.find(hash).filter(known -> isSame(known.hash(), hash));
        return found.map(known -> new Caller(known.owner(), scopes(known), known.id()))
                .orElseThrow(() -> stranger("the token is not valid, or not any more"));
    }

    @Override
    public boolean holds(Caller caller) {
        return caller.token() == null || tokens.holds(caller.token());
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /// Those that this version knows.
    private static Set<Scope> scopes(Token token) {
        return Arrays.stream(Scope.values())
                .filter(scope -> token.scopes().contains(scope.wireName()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static AgentException stranger(String message) {
        return new AgentException(new AgentError.Unauthenticated(message));
    }
}
