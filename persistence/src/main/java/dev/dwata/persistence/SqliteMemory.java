package dev.dwata.persistence;

import dev.dwata.agent.store.CleanFact;
import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SearchWords;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

final class SqliteMemory implements Memory {
    private static final String ENTRY = "SELECT key, value, pinned, created_at, updated_at FROM memory WHERE ";

    /// -1 for a session that is not there, so that nothing is found.
    private static final String IN_SCOPE = """
            owner = :owner AND coalesce(session_id, 0) = CASE WHEN :session IS NULL THEN 0
              ELSE coalesce((SELECT id FROM sessions WHERE public_id = :session AND owner = :owner), -1) END""";

    private static final String WITH_PREFIX =
            IN_SCOPE + " AND key >= :prefix AND substr(key, 1, length(:prefix)) = :prefix";

    /// Values are read only of what is within the limit.
    private static final String BEST = """
            SELECT m.key, m.value, m.pinned, m.created_at, m.updated_at, m.session_id IS NOT NULL AS in_session
            FROM (SELECT f.id, bm25(memory_words, 0, 8, 1) AS worth
                  FROM memory_words JOIN memory f ON f.id = memory_words.rowid
                  WHERE memory_words MATCH :words AND f.owner = :owner AND (f.session_id IS NULL
                    OR f.session_id = (SELECT id FROM sessions WHERE public_id = :session AND owner = :owner))
                  ORDER BY worth, f.id DESC LIMIT :limit) AS best
            JOIN memory m ON m.id = best.id ORDER BY best.worth, best.id DESC""";

    private final Writer writer;
    private final Readers readers;

    SqliteMemory(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Optional<Entry> get(Scope scope, String key) {
        return readers.read(handle -> in(scope, handle.createQuery(ENTRY + IN_SCOPE + " AND key = :key"))
                .bind("key", CleanText.of(key))
                .map((row, context) -> entry(row))
                .findOne());
    }

    @Override
    public void set(Scope scope, String key, String value, @Nullable Boolean pinned) {
        CleanFact fact = CleanFact.of(key, value);
        writer.call(Safety.SYNCED, transaction -> {
            Long session = scope.session() == null
                    ? null
                    : Long.valueOf(transaction.session(scope.owner(), scope.session()).key);
            refuseTooMany(transaction.handle, scope, fact.key());
            return transaction
                    .handle
                    .createUpdate("""
                            INSERT INTO memory (owner, session_id, key, value, pinned, created_at, updated_at)
                            VALUES (:owner, :session, :key, :value, coalesce(:pinned, 0), :now, :now)
                            ON CONFLICT (owner, coalesce(session_id, 0), key)
                            DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at,
                              pinned = coalesce(:pinned, pinned)""")
                    .bind("owner", scope.owner().id())
                    .bind("session", session)
                    .bind("key", fact.key())
                    .bind("value", fact.value())
                    .bind("pinned", pinned)
                    .bind("now", transaction.now().toEpochMilli())
                    .execute();
        });
    }

    private static void refuseTooMany(Handle handle, Scope scope, String key) {
        boolean tooMany = in(
                        scope,
                        handle.createQuery("SELECT (SELECT count(*) FROM memory WHERE owner = :owner) >= :most"
                                + " AND NOT EXISTS (SELECT 1 FROM memory WHERE " + IN_SCOPE + " AND key = :key)"))
                .bind("most", MOST_FACTS)
                .bind("key", key)
                .map((row, context) -> row.getBoolean(1))
                .one();
        if (tooMany) {
            throw Refusal.tooManyFacts();
        }
    }

    @Override
    public Page page(Scope scope, String prefix, int limit) {
        String cleanPrefix = CleanText.of(prefix);
        return readers.read(handle -> {
            List<Entry> entries = in(scope, handle.createQuery(ENTRY + WITH_PREFIX + " ORDER BY key LIMIT :limit"))
                    .bind("prefix", cleanPrefix)
                    .bind("limit", limit)
                    .map((row, context) -> entry(row))
                    .list();
            long total = entries.size() < limit
                    ? entries.size()
                    : in(scope, handle.createQuery("SELECT count(*) FROM memory WHERE " + WITH_PREFIX))
                            .bind("prefix", cleanPrefix)
                            .map((row, context) -> row.getLong(1))
                            .one();
            return new Page(entries, total);
        });
    }

    @Override
    public List<Entry> pinned(Scope scope, int limit) {
        String sql = ENTRY + IN_SCOPE + " AND pinned = 1 ORDER BY updated_at DESC, id DESC LIMIT :limit";
        return readers.read(handle -> in(scope, handle.createQuery(sql))
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list());
    }

    @Override
    public List<Hit> search(Principal owner, @Nullable SessionId session, String query, int limit) {
        SearchWords words = SearchWords.of(query);
        if (words == null || Search.isHopeless(words)) {
            return List.of();
        }
        Scope scope = new Scope(owner, session);
        return readers.read(handle -> in(scope, handle.createQuery(BEST))
                .bind("words", Search.factExpression(owner, words))
                .bind("limit", limit)
                .map((row, context) -> hit(row, scope, words))
                .list());
    }

    @Override
    public boolean delete(Scope scope, String key) {
        return writer.call(
                Safety.SYNCED,
                transaction -> transaction
                                .handle
                                .createUpdate("DELETE FROM memory WHERE " + IN_SCOPE + " AND key = :key")
                                .bind("owner", scope.owner().id())
                                .bind("session", value(scope.session()))
                                .bind("key", CleanText.of(key))
                                .execute()
                        > 0);
    }

    private static Query in(Scope scope, Query query) {
        return query.bind("owner", scope.owner().id()).bind("session", value(scope.session()));
    }

    private static Hit hit(ResultSet row, Scope searched, SearchWords words) throws SQLException {
        Entry entry = entry(row);
        Scope scope = row.getBoolean("in_session") ? searched : Scope.of(searched.owner());
        return new Hit(scope, entry, words.snippet(entry.value()));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("key"),
                row.getString("value"),
                row.getBoolean("pinned"),
                Rows.time(row, "created_at"),
                Rows.time(row, "updated_at"));
    }

    private static @Nullable String value(@Nullable SessionId session) {
        return session == null ? null : session.value();
    }
}
