package dev.dwata.gateway.streams;

import dev.dwata.agent.store.SessionLog.CommitListener;
import dev.dwata.agent.store.Streams;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Those who wait for something to be committed. They are woken by the commit, whichever process made it;
/// nobody looks again and again.
final class Wakes implements Streams.Listener, CommitListener {
    private final int most;
    private final Map<Object, Set<Waiting>> waiting = new HashMap<>();
    private int count;
    private boolean closing;

    Wakes(int most) {
        this.most = most;
    }

    /// One who waits; to be closed. What comes from its beginning on wakes it, also before it waits.
    final class Waiting implements AutoCloseable {
        private final Object key;
        private final Semaphore changes = new Semaphore(0);

        private Waiting(Object key) {
            this.key = key;
        }

        /// @return whether something changed, or all is about to end; else the time is over
        boolean await(Duration patience) throws InterruptedException {
            boolean woken = changes.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            changes.drainPermits();
            return woken;
        }

        @Override
        public void close() {
            end(this);
        }
    }

    /// @throws AgentException with `RateLimited` if too many wait
    synchronized Waiting begin(Object key) {
        if (count >= most) {
            throw new AgentException(new AgentError.RateLimited(
                    "at most " + most + " requests may wait for streams at the same time", null));
        }
        count++;
        Waiting made = new Waiting(key);
        waiting.computeIfAbsent(key, k -> new HashSet<>()).add(made);
        return made;
    }

    private synchronized void end(Waiting ended) {
        Set<Waiting> same = waiting.get(ended.key);
        if (same != null && same.remove(ended)) {
            count--;
            if (same.isEmpty()) {
                waiting.remove(ended.key);
            }
        }
    }

    private synchronized void wake(Object key) {
        waiting.getOrDefault(key, Set.of()).forEach(one -> one.changes.release());
    }

    @Override
    public void changed(Streams.Name name) {
        wake(name);
    }

    @Override
    public void committed(List<Envelope> batch) {
        Object last = null;
        for (Envelope entry : batch) {
            if (!entry.sessionId().equals(last)) {
                last = entry.sessionId();
                wake(last);
            }
        }
    }

    @Override
    public synchronized void changedElsewhere() {
        waiting.values().forEach(same -> same.forEach(one -> one.changes.release()));
    }

    synchronized boolean closing() {
        return closing;
    }

    /// Wakes all, for good.
    synchronized void close() {
        closing = true;
        changedElsewhere();
    }
}
