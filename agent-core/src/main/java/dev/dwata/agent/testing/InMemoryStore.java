package dev.dwata.agent.testing;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Runs;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Store;
import java.time.InstantSource;

/// A store that lasts as long as its process, for tests and for runtimes that need to keep nothing. It behaves
/// as a store on disk does in everything but that; nothing is ever given up, so its size is bounded by the heap
/// alone.
public final class InMemoryStore implements Store {
    private final StoredState state;
    private final SessionLog log;
    private final Sessions sessions;
    private final Runs runs;
    private final Memory memory;

    public InMemoryStore() {
        this(InstantSource.system());
    }

    /// @param clock what the times of entries are read from
    public InMemoryStore(InstantSource clock) {
        state = new StoredState(clock);
        log = new InMemoryLog(state);
        sessions = new InMemorySessions(state);
        runs = new InMemoryRuns(state);
        memory = new InMemoryMemory(state);
    }

    @Override
    public SessionLog log() {
        return log;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public void check() {
        state.locked(() -> true);
    }

    @Override
    public void close() {
        state.close();
    }
}
