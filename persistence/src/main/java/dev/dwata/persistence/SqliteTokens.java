package dev.dwata.persistence;

import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Tokens;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class SqliteTokens implements Tokens {
    private static final String IN_FORCE = """
            t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > :now) AND (t.made_with IS NULL OR EXISTS (
              SELECT 1 FROM tokens m WHERE m.id = t.made_with AND m.revoked_at IS NULL
                AND (m.expires_at IS NULL OR m.expires_at > :now)))""";

    private static final String TOKEN =
            "SELECT t.id, t.hash, t.owner, t.name, t.scopes, t.created_at, t.expires_at, t.made_with FROM tokens t WHERE ";

    private static final String FORGET = """
            DELETE FROM tokens WHERE coalesce(revoked_at, expires_at) < :before OR (made_with IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM tokens m WHERE m.id = tokens.made_with))""";

    private final Writer writer;
    private final Readers readers;
    private final InstantSource clock;

    SqliteTokens(Writer writer, Readers readers, InstantSource clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public Token add(NewToken wanted) {
        return writer.call(Safety.SYNCED, transaction -> {
            Handle handle = transaction.handle;
            Instant now = transaction.now();
            String maker = wanted.madeWith() == null ? null : root(inForce(handle, wanted.madeWith(), now));
            if (count(handle, now) >= MOST) {
                throw Refusal.tooManyTokens();
            }
            handle.createUpdate(FORGET)
                    .bind("before", now.minus(KEPT).toEpochMilli())
                    .execute();
            Token token = new Token(
                    wanted.secret().id(),
                    wanted.secret().hash(),
                    wanted.owner(),
                    wanted.name(),
                    wanted.scopes(),
                    now,
                    wanted.within() == null ? null : now.plus(wanted.within()),
                    maker);
            return insert(handle, token);
        });
    }

    private static String root(Token token) {
        return token.madeWith() == null ? token.id() : token.madeWith();
    }

    private static long count(Handle handle, Instant now) {
        return handle.createQuery("SELECT count(*) FROM tokens t WHERE " + IN_FORCE)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> row.getLong(1))
                .one();
    }

    private static Token insert(Handle handle, Token token) {
        Instant end = token.expiresAt();
        int made = handle.createUpdate("""
                        INSERT INTO tokens (id, owner, name, hash, scopes, created_at, expires_at, made_with)
                        VALUES (:id, :owner, :name, :hash, :scopes, :created, :expires, :maker) ON CONFLICT DO NOTHING""")
                .bind("id", token.id())
                .bind("owner", token.owner().id())
                .bind("name", token.name())
                .bind("hash", token.hash())
                .bind(
                        "scopes",
                        String.join(" ", token.scopes().stream().sorted().toList()))
                .bind("created", token.createdAt().toEpochMilli())
                .bind("expires", end == null ? null : Long.valueOf(end.toEpochMilli()))
                .bind("maker", token.madeWith())
                .execute();
        if (made == 0) {
            throw Refusal.tokenExists(token.id());
        }
        return token;
    }

    @Override
    public Optional<Token> find(String hash) {
        return readers.read(handle -> one(handle, "t.hash = :key", hash, clock.instant()));
    }

    @Override
    public boolean holds(String id) {
        return readers.read(handle -> one(handle, "t.id = :key", id, clock.instant()))
                .isPresent();
    }

    @Override
    public List<Token> list() {
        return readers.read(handle -> handle.createQuery(TOKEN + IN_FORCE + " ORDER BY t.created_at, t.id")
                .bind("now", clock.millis())
                .map((row, context) -> token(row))
                .list());
    }

    @Override
    public void revoke(String id) {
        writer.call(Safety.SYNCED, transaction -> {
            inForce(transaction.handle, id, transaction.now());
            return end(transaction, id);
        });
    }

    @Override
    public Token rotate(String id, Secret with) {
        return writer.call(Safety.SYNCED, transaction -> {
            Token before = inForce(transaction.handle, id, transaction.now());
            Token after = insert(
                    transaction.handle,
                    new Token(
                            with.id(),
                            with.hash(),
                            before.owner(),
                            before.name(),
                            before.scopes(),
                            transaction.now(),
                            before.expiresAt(),
                            before.madeWith()));
            end(transaction, id);
            return after;
        });
    }

    private static int end(Transaction transaction, String id) {
        return transaction.handle.execute(
                "UPDATE tokens SET revoked_at = ? WHERE id = ?",
                transaction.now().toEpochMilli(),
                id);
    }

    private static Token inForce(Handle handle, String id, Instant now) {
        return one(handle, "t.id = :key", id, now).orElseThrow(() -> Refusal.noToken(id));
    }

    private static Optional<Token> one(Handle handle, String condition, String key, Instant now) {
        return handle.createQuery(TOKEN + condition + " AND " + IN_FORCE)
                .bind("key", key)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> token(row))
                .findOne();
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString("id"),
                row.getString("hash"),
                new Principal(row.getString("owner")),
                row.getString("name"),
                Set.of(row.getString("scopes").strip().split("\\s+")),
                Rows.time(row, "created_at"),
                end(row),
                row.getString("made_with"));
    }

    private static @Nullable Instant end(ResultSet row) throws SQLException {
        long millis = row.getLong("expires_at");
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
