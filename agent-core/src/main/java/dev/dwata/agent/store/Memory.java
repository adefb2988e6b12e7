package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Facts kept for later, by key. An owner has at most [#MOST_FACTS], those of their sessions included.
public interface Memory {
    /// In code points.
    int LONGEST_KEY = 200;

    /// In bytes of UTF-8.
    int LARGEST_VALUE = 64 * 1024;

    int MOST_FACTS = 10_000;

    Optional<Entry> get(Scope scope, String key);

    /// Stores a value, replacing the one before. Whether it is pinned stays as it was; a new one is not.
    ///
    /// @throws AgentException as [#set(Scope, String, String, Boolean)] does
    default void set(Scope scope, String key, String value) {
        set(scope, key, value, null);
    }

    /// Stores a value, replacing the one before.
    ///
    /// @param pinned whether models are told it before a conversation, see [#pinned]; absent: as it was, for a
    ///               new one not
    /// @throws AgentException with `InvalidRequest` or `TooLarge` if key or value are out of bounds, with
    ///                        `Conflict` if there are too many, with `NotFound` if there is no such session
    void set(Scope scope, String key, String value, @Nullable Boolean pinned);

    /// All of them.
    ///
    /// @param prefix only keys that begin with this; empty for all
    /// @return by key
    default List<Entry> list(Scope scope, String prefix) {
        return page(scope, prefix, MOST_FACTS).entries();
    }

    /// The first by key.
    ///
    /// @param prefix only keys that begin with this; empty for all
    Page page(Scope scope, String prefix, int limit);

    /// Those that are pinned, the latest set first.
    List<Entry> pinned(Scope scope, int limit);

    /// Finds facts that have all words of a query in their keys and values, as [SearchWords] reads it: the best
    /// first, where a word in a key weighs more than one in a value, and one in a short text more than one in a
    /// long one.
    ///
    /// @param session whose facts are looked through, too; absent: only what the owner has in every session
    /// @return empty also where the query has no words
    List<Hit> search(Principal owner, @Nullable SessionId session, String query, int limit);

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

    /// @param createdAt when the key was first set since it was last deleted
    record Entry(String key, String value, boolean pinned, Instant createdAt, Instant updatedAt) {}

    /// @param total how many there are, within the limit or not
    record Page(List<Entry> entries, long total) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /// A fact that was found.
    ///
    /// @param snippet some of the value, with « » around the words
    record Hit(Scope scope, Entry entry, String snippet) {}
}
