package dev.dwata.persistence;

import dev.dwata.agent.store.SessionLog.CommitListener;
import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamBook;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamOutcome;
import dev.dwata.agent.store.StreamReading;
import dev.dwata.agent.store.Streams;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class SqliteStreams implements Streams {
    private final Writer writer;
    private final Readers readers;
    private final InstantSource clock;
    private final StreamListeners listeners = new StreamListeners();

    SqliteStreams(Writer writer, Readers readers, InstantSource clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public StreamOutcome create(Name name, StreamConfig config, StreamAppend first) {
        return change(name, book -> book.create(name, config, first));
    }

    @Override
    public StreamOutcome append(Name name, StreamAppend append) {
        return change(name, book -> book.append(name, append));
    }

    @Override
    public Optional<StreamInfo> delete(Name name) {
        return change(name, book -> book.delete(name));
    }

    private <T> T change(Name name, Function<StreamBook, T> change) {
        T result = writer.call(
                Safety.SYNCED,
                transaction ->
                        change.apply(new StreamBook(new SqliteStreamRows(transaction.handle), transaction.now())));
        listeners.changed(name);
        return result;
    }

    @Override
    public Optional<StreamInfo> find(Name name) {
        return readers.read(handle -> reading(handle).find(name));
    }

    /// That it was used is stored now and then only, and nobody waits for the disk for it.
    @Override
    public Optional<Page> read(Name name, long after, int mostBytes) {
        Read read = readers.read(handle -> {
            StreamReading reading = reading(handle);
            Optional<Page> page = reading.read(name, after, mostBytes);
            return new Read(
                    page.orElse(null),
                    page.filter(found -> reading.isWorthUsing(found.stream())).isPresent());
        });
        if (read.worthUsing) {
            writer.call(Safety.COMMITTED, transaction -> {
                new StreamBook(new SqliteStreamRows(transaction.handle), transaction.now()).use(name);
                return true;
            });
        }
        return Optional.ofNullable(read.page);
    }

    private record Read(@Nullable Page page, boolean worthUsing) {}

    private StreamReading reading(Handle handle) {
        return new StreamReading(new SqliteStreamRows(handle), clock.instant());
    }

    @Override
    public List<StreamInfo> list(Principal owner, int limit) {
        Instant now = clock.instant();
        return readers.read(handle -> handle.createQuery(SqliteStreamRows.SELECT + """
                        WHERE owner = :owner AND deleted = 0 AND (due IS NULL OR due > :now)
                        ORDER BY path LIMIT :limit""")
                .bind("owner", owner.id())
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> SqliteStreamRows.stream(row))
                .list());
    }

    @Override
    public int sweep(int most) {
        return writer.call(Safety.COMMITTED, transaction -> {
            SqliteStreamRows rows = new SqliteStreamRows(transaction.handle);
            List<Name> expired = rows.expired(transaction.now(), most);
            expired.forEach(new StreamBook(rows, transaction.now())::expire);
            return expired.size();
        });
    }

    /// What others commit is heard of through the writer, which looks only while somebody listens.
    @Override
    public void listen(Listener listener) {
        if (listeners.add(listener)) {
            writer.listen(new CommitListener() {
                @Override
                public void committed(List<Envelope> batch) {}

                @Override
                public void changedElsewhere() {
                    listeners.changedElsewhere();
                }
            });
        }
    }
}
