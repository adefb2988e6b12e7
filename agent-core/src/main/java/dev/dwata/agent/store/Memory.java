package dev.dwata.agent.store;

import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Facts kept for later, by key.
public interface Memory {
    Optional<Entry> get(Scope scope, String key);

    /// Stores a value, replacing the one before.
    void set(Scope scope, String key, String value);

    /// @param prefix only keys that begin with this; empty for all
    /// @return by key
    List<Entry> list(Scope scope, String prefix);

    /// @return whether there was one
    boolean delete(Scope scope, String key);

    /// Whose facts.
    ///
    /// @param session absent: of the owner in every session
    record Scope(Principal owner, @Nullable SessionId session) {
        public static Scope of(Principal owner) {
            return new Scope(owner, null);
        }
    }

    record Entry(String key, String value, Instant updatedAt) {}
}
