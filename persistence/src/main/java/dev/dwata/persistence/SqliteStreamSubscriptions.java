package dev.dwata.persistence;

import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class SqliteStreamSubscriptions implements StreamSubscriptions {
    private static final String SELECT = "SELECT state FROM stream_subscriptions WHERE ";

    private final Writer writer;
    private final Readers readers;

    SqliteStreamSubscriptions(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Optional<StreamSubscription> find(Principal owner, String id) {
        return readers.read(handle -> Optional.ofNullable(find(handle, owner, id)));
    }

    private static @Nullable StreamSubscription find(Handle handle, Principal owner, String id) {
        return handle.createQuery(SELECT + "owner = :owner AND name = :name")
                .bind("owner", owner.id())
                .bind("name", id)
                .map((row, context) -> read(row.getString(1)))
                .findOne()
                .orElse(null);
    }

    private static StreamSubscription read(String state) {
        return Json.MAPPER.readValue(state, StreamSubscription.class);
    }

    @Override
    public List<StreamSubscription> list(Principal owner) {
        return readers.read(handle -> handle.createQuery(SELECT + "owner = :owner ORDER BY name")
                .bind("owner", owner.id())
                .map((row, context) -> read(row.getString(1)))
                .list());
    }

    @Override
    public List<StreamSubscription> all(int limit) {
        return readers.read(handle -> handle.createQuery(SELECT + "true ORDER BY owner, name LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> read(row.getString(1)))
                .list());
    }

    @Override
    public List<StreamSubscription> underWay(int limit) {
        return readers.read(handle -> handle.createQuery(SELECT + "under_way = 1 ORDER BY owner, name LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> read(row.getString(1)))
                .list());
    }

    @Override
    public <T extends @Nullable Object> T change(
            Principal owner, String id, Function<@Nullable StreamSubscription, Changed<T>> change) {
        return writer.call(Safety.SYNCED, transaction -> {
            Handle handle = transaction.handle;
            StreamSubscription before = find(handle, owner, id);
            Changed<T> changed = change.apply(before);
            if (changed.now() == null) {
                handle.execute("DELETE FROM stream_subscriptions WHERE owner = ? AND name = ?", owner.id(), id);
            } else if (!changed.now().equals(before)) {
                refuseTooMany(handle, owner, before);
                put(handle, owner, id, changed.now());
            }
            return changed.result();
        });
    }

    private static void refuseTooMany(Handle handle, Principal owner, @Nullable StreamSubscription before) {
        boolean tooMany = before == null
                && handle.createQuery("SELECT count(*) FROM stream_subscriptions WHERE owner = ?")
                                .bind(0, owner.id())
                                .map((row, context) -> row.getInt(1))
                                .one()
                        >= MOST;
        if (tooMany) {
            throw Refusal.tooManySubscriptions();
        }
    }

    private static void put(Handle handle, Principal owner, String id, StreamSubscription now) {
        handle.createUpdate("""
                        INSERT INTO stream_subscriptions (owner, name, state, under_way) VALUES (:owner, :name, :state, :way)
                        ON CONFLICT (owner, name) DO UPDATE SET state = excluded.state, under_way = excluded.under_way""")
                .bind("owner", owner.id())
                .bind("name", id)
                .bind("state", Json.MAPPER.writeValueAsString(now))
                .bind("way", now.wake() != null)
                .execute();
    }

    @Override
    public String signingKey(Supplier<String> made) {
        return writer.call(Safety.SYNCED, transaction -> {
            transaction.handle.execute(
                    "INSERT OR IGNORE INTO stream_key (only_row, secret) SELECT 1, ? WHERE NOT EXISTS "
                            + "(SELECT 1 FROM stream_key)",
                    made.get());
            return transaction
                    .handle
                    .createQuery("SELECT secret FROM stream_key")
                    .map((row, context) -> row.getString(1))
                    .one();
        });
    }
}
