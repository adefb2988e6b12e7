package dev.dwata.agent.testing;

import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamBook;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamOutcome;
import dev.dwata.agent.store.StreamReading;
import dev.dwata.agent.store.Streams;
import dev.dwata.types.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

final class InMemoryStreams implements Streams {
    private final StoredState state;
    private final InMemoryStreamRows rows = new InMemoryStreamRows();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    InMemoryStreams(StoredState state) {
        this.state = state;
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
        T result = state.locked(() -> change.apply(new StreamBook(rows, state.now())));
        listeners.forEach(listener -> listener.changed(name));
        return result;
    }

    @Override
    public Optional<StreamInfo> find(Name name) {
        return state.locked(() -> reading().find(name));
    }

    @Override
    public Optional<Page> read(Name name, long after, int mostBytes) {
        return state.locked(() -> {
            Optional<Page> page = reading().read(name, after, mostBytes);
            page.ifPresent(read -> new StreamBook(rows, state.now()).use(name));
            return page;
        });
    }

    private StreamReading reading() {
        return new StreamReading(rows, state.now());
    }

    @Override
    public List<StreamInfo> list(Principal owner, int limit) {
        return state.locked(() -> rows.all()
                .filter(stream -> stream.name().owner().equals(owner))
                .flatMap(stream -> reading().shown(stream).stream())
                .filter(stream -> !stream.deleted())
                .sorted(Comparator.comparing(stream -> stream.name().path()))
                .limit(limit)
                .toList());
    }

    @Override
    public int sweep(int most) {
        return state.locked(() -> {
            List<StreamInfo> expired = rows.all()
                    .filter(stream -> stream.due() != null && !state.now().isBefore(stream.due()))
                    .filter(stream -> !stream.deleted())
                    .limit(most)
                    .toList();
            expired.forEach(stream -> new StreamBook(rows, state.now()).expire(stream.name()));
            return expired.size();
        });
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }
}
