package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may call, known by the hashes of what they show: the tokens themselves are stored nowhere. A token is in
/// force until it is revoked, or its time is over, or the token that it was made with is in force no more.
public interface Tokens {
    /// At most so many are in force.
    int MOST = 1_000;

    /// How long those that ended are kept.
    Duration KEPT = Duration.ofDays(30);

    /// @throws AgentException with `Conflict` if there are too many, or one with that id or hash, with
    ///                        `NotFound` if the token it is made with is not in force
    Token add(NewToken wanted);

    /// The one in force with this hash.
    Optional<Token> find(String hash);

    /// Whether the token is in force.
    boolean holds(String id);

    /// Those in force, of every principal, oldest first.
    List<Token> list();

    /// Ends a token, and those that were made with it.
    ///
    /// @throws AgentException with `NotFound` if none of this id is in force
    void revoke(String id);

    /// Ends a token, and those that were made with it, and puts one in its place that has all it had but the
    /// hash and the id.
    ///
    /// @throws AgentException with `NotFound` if none of this id is in force, with `Conflict` if there is one
    ///                        with the new id or hash
    Token rotate(String id, Secret with);

    /// What a token is known by.
    ///
    /// @param id   no secret
    /// @param hash SHA-256 of the token, in hexadecimal
    record Secret(String id, String hash) {
        private static final String HASH = "[0-9a-f]{64}";

        public Secret {
            if (!hash.matches(HASH)) {
                throw new IllegalArgumentException("a hash is 64 hexadecimal digits");
            }
        }
    }

    /// @param owner    whoever shows it is this principal
    /// @param name     for people
    /// @param scopes   what it is good for, by their names
    /// @param within   how long it is in force; absent: without end
    /// @param madeWith the id of the token that asked for this one; absent where none did
    record NewToken(
            Secret secret,
            Principal owner,
            String name,
            Set<String> scopes,
            @Nullable Duration within,
            @Nullable String madeWith) {
        public NewToken {
            scopes = Set.copyOf(scopes);
        }
    }

    /// @param hash      SHA-256 of the token, in hexadecimal
    /// @param expiresAt absent: without end
    record Token(
            String id,
            String hash,
            Principal owner,
            String name,
            Set<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable String madeWith) {
        public Token {
            scopes = Set.copyOf(scopes);
        }
    }
}
