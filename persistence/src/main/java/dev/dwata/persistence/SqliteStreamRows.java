package dev.dwata.persistence;

import dev.dwata.agent.store.StreamAppend.Producer;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.StreamConfig.Fork;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamInfo.Origin;
import dev.dwata.agent.store.StreamRows;
import dev.dwata.agent.store.Streams.Chunk;
import dev.dwata.agent.store.Streams.Name;
import dev.dwata.types.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/// Over the handle of one transaction.
final class SqliteStreamRows implements StreamRows {
    static final String SELECT = """
            SELECT id, owner, path, content_type, ttl_seconds, expires_at, tail, closed, closed_by, closed_epoch, closed_seq,
              last_order, fork_path, fork_wanted, fork_extra, fork_of, fork_at, fork_depth, due, deleted
            FROM streams\s""";

    private final Handle handle;

    SqliteStreamRows(Handle handle) {
        this.handle = handle;
    }

    @Override
    public @Nullable StreamInfo find(Name name) {
        return handle.createQuery(SELECT + "WHERE owner = :owner AND path = :path")
                .bind("owner", name.owner().id())
                .bind("path", name.path())
                .map((row, context) -> stream(row))
                .findOne()
                .orElse(null);
    }

    @Override
    public @Nullable StreamInfo find(long id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> stream(row))
                .findOne()
                .orElse(null);
    }

    static StreamInfo stream(ResultSet row) throws SQLException {
        String forked = row.getString("fork_path");
        Fork fork = forked == null ? null : new Fork(forked, number(row, "fork_wanted"), row.getLong("fork_extra"));
        Long source = number(row, "fork_of");
        Origin origin = source == null ? null : new Origin(source, row.getLong("fork_at"), row.getInt("fork_depth"));
        String closedBy = row.getString("closed_by");
        Producer producer = closedBy == null
                ? null
                : new Producer(closedBy, row.getLong("closed_epoch"), row.getLong("closed_seq"));
        boolean closed = row.getBoolean("closed");
        return new StreamInfo(
                row.getLong("id"),
                new Name(new Principal(row.getString("owner")), row.getString("path")),
                new StreamConfig(
                        row.getString("content_type"),
                        number(row, "ttl_seconds"),
                        instant(row, "expires_at"),
                        closed,
                        fork),
                row.getLong("tail"),
                closed,
                producer,
                row.getString("last_order"),
                origin,
                instant(row, "due"),
                row.getBoolean("deleted"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    @Override
    public int count(Principal owner) {
        return number("SELECT count(*) FROM streams WHERE owner = ?", owner.id());
    }

    @Override
    public long add(StreamInfo stream) {
        StreamConfig config = stream.config();
        Fork fork = config.fork();
        Origin origin = stream.origin();
        return handle.createQuery("""
                        INSERT INTO streams (owner, path, content_type, ttl_seconds, expires_at, tail, due,
                          fork_path, fork_wanted, fork_extra, fork_of, fork_at, fork_depth)
                        VALUES (:owner, :path, :type, :ttl, :expires, :tail, :due,
                          :forkPath, :wanted, :extra, :source, :at, :depth) RETURNING id""")
                .bind("owner", stream.name().owner().id())
                .bind("path", stream.name().path())
                .bind("type", stream.contentType())
                .bind("ttl", config.ttlSeconds())
                .bind("expires", millis(config.expiresAt()))
                .bind("tail", stream.tail())
                .bind("due", millis(stream.due()))
                .bind("forkPath", fork == null ? null : fork.source())
                .bind("wanted", fork == null ? null : fork.at())
                .bind("extra", fork == null ? 0 : fork.extra())
                .bind("source", origin == null ? null : Long.valueOf(origin.stream()))
                .bind("at", origin == null ? null : Long.valueOf(origin.at()))
                .bind("depth", origin == null ? 0 : origin.depth())
                .map((row, context) -> row.getLong(1))
                .one();
    }

    @Override
    public void update(StreamInfo stream) {
        Producer producer = stream.closedBy();
        handle.createUpdate("""
                        UPDATE streams SET tail = :tail, closed = :closed, closed_by = :by, closed_epoch = :epoch,
                          closed_seq = :seq, last_order = :order, due = :due, deleted = :deleted WHERE id = :id""")
                .bind("tail", stream.tail())
                .bind("closed", stream.closed())
                .bind("by", producer == null ? null : producer.id())
                .bind("epoch", producer == null ? null : Long.valueOf(producer.epoch()))
                .bind("seq", producer == null ? null : Long.valueOf(producer.seq()))
                .bind("order", stream.lastOrder())
                .bind("due", millis(stream.due()))
                .bind("deleted", stream.deleted())
                .bind("id", stream.id())
                .execute();
    }

    @Override
    public void remove(long id) {
        handle.execute("DELETE FROM stream_chunks WHERE stream = ?", id);
        handle.execute("DELETE FROM stream_producers WHERE stream = ?", id);
        handle.execute("DELETE FROM streams WHERE id = ?", id);
    }

    @Override
    public boolean hasForks(long id) {
        return number("SELECT EXISTS (SELECT 1 FROM streams WHERE fork_of = ?)", id) > 0;
    }

    @Override
    public void append(long stream, Chunk chunk) {
        handle.execute(
                "INSERT INTO stream_chunks (stream, position, content) VALUES (?, ?, ?)",
                stream,
                chunk.end(),
                chunk.content());
    }

    @Override
    public List<Chunk> chunks(long stream, long after, long upTo, int mostBytes) {
        List<Chunk> chunks = new ArrayList<>();
        long bytes = 0;
        try (ResultIterator<Chunk> rows = handle.createQuery("""
                        SELECT position, content FROM stream_chunks
                        WHERE stream = :stream AND position > :after AND position <= :upTo ORDER BY position""")
                .bind("stream", stream)
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, context) -> new Chunk(row.getLong(1), row.getBytes(2)))
                .iterator()) {
            while (bytes < mostBytes && rows.hasNext()) {
                Chunk next = rows.next();
                chunks.add(next);
                bytes += next.content().length;
            }
        }
        return chunks;
    }

    @Override
    public @Nullable Producer producer(long stream, String id) {
        return handle.createQuery("SELECT epoch, seq FROM stream_producers WHERE stream = :stream AND producer = :id")
                .bind("stream", stream)
                .bind("id", id)
                .map((row, context) -> new Producer(id, row.getLong(1), row.getLong(2)))
                .findOne()
                .orElse(null);
    }

    @Override
    public int producers(long stream) {
        return number("SELECT count(*) FROM stream_producers WHERE stream = ?", stream);
    }

    @Override
    public void removeProducers(long stream, Instant silentSince) {
        handle.execute(
                "DELETE FROM stream_producers WHERE stream = ? AND heard_at < ?", stream, silentSince.toEpochMilli());
    }

    @Override
    public void put(long stream, Producer producer, Instant now) {
        handle.execute("""
                INSERT INTO stream_producers (stream, producer, epoch, seq, heard_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (stream, producer) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
                  heard_at = excluded.heard_at""", stream, producer.id(), producer.epoch(), producer.seq(), now.toEpochMilli());
    }

    List<Name> expired(Instant now, int most) {
        return handle.createQuery(
                        "SELECT owner, path FROM streams WHERE due <= :now AND deleted = 0 ORDER BY due LIMIT :most")
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> new Name(new Principal(row.getString(1)), row.getString(2)))
                .list();
    }

    private int number(String query, Object parameter) {
        return handle.createQuery(query)
                .bind(0, parameter)
                .map((row, context) -> row.getInt(1))
                .one();
    }
}
