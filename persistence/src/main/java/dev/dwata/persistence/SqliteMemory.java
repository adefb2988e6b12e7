package dev.dwata.persistence;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.Memory;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class SqliteMemory implements Memory {
    /// -1 for a session that is not there, so that nothing is found.
    private static final String IN_SCOPE = """
            owner = :owner AND coalesce(session_id, 0) = CASE WHEN :session IS NULL THEN 0
              ELSE coalesce((SELECT id FROM sessions WHERE public_id = :session AND owner = :owner), -1) END""";

    private final Writer writer;
    private final Readers readers;

    SqliteMemory(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Optional<Entry> get(Scope scope, String key) {
        return readers.read(handle -> handle.createQuery(
                        "SELECT key, value, updated_at FROM memory WHERE " + IN_SCOPE + " AND key = :key")
                .bind("owner", scope.owner().id())
                .bind("session", value(scope.session()))
                .bind("key", CleanText.of(key))
                .map((row, context) -> entry(row))
                .findOne());
    }

    @Override
    public void set(Scope scope, String key, String value) {
        writer.call(Safety.SYNCED, transaction -> {
            Long session = scope.session() == null
                    ? null
                    : Long.valueOf(transaction.session(scope.owner(), scope.session()).key);
            return transaction
                    .handle
                    .createUpdate("""
                            INSERT INTO memory (owner, session_id, key, value, created_at, updated_at)
                            VALUES (:owner, :session, :key, :value, :now, :now)
                            ON CONFLICT (owner, coalesce(session_id, 0), key)
                            DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at""")
                    .bind("owner", scope.owner().id())
                    .bind("session", session)
                    .bind("key", CleanText.of(key))
                    .bind("value", CleanText.of(value))
                    .bind("now", transaction.now().toEpochMilli())
                    .execute();
        });
    }

    @Override
    public List<Entry> list(Scope scope, String prefix) {
        return readers.read(handle -> handle.createQuery("SELECT key, value, updated_at FROM memory WHERE " + IN_SCOPE
                        + " AND key >= :prefix AND substr(key, 1, length(:prefix)) = :prefix ORDER BY key")
                .bind("owner", scope.owner().id())
                .bind("session", value(scope.session()))
                .bind("prefix", CleanText.of(prefix))
                .map((row, context) -> entry(row))
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

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getString("key"), row.getString("value"), Rows.time(row, "updated_at"));
    }

    private static @Nullable String value(@Nullable SessionId session) {
        return session == null ? null : session.value();
    }
}
