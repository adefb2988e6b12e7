package dev.dwata.agent;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells the runs of this process when what they wait for is resolved, by whichever process.
final class InputDesk implements SessionLog.CommitListener {
    private final ConcurrentMap<InputId, Waiter> waiting = new ConcurrentHashMap<>();

    /// Hears of a request from now on; to be called before it is made.
    Waiter expect(InputId id) {
        Waiter waiter = new Waiter(id);
        waiting.put(id, waiter);
        return waiter;
    }

    @Override
    public void committed(List<Envelope> batch) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Envelope entry : batch) {
            if (entry.event() instanceof InputResolved resolution) {
                Waiter waiter = waiting.get(resolution.requestId());
                if (waiter != null) {
                    waiter.resolved(resolution);
                }
            }
        }
    }

    @Override
    public void changedElsewhere() {
        wake();
    }

    /// Has everybody who waits look again.
    void wake() {
        waiting.values().forEach(Waiter::look);
    }

    /// Waits for one request.
    final class Waiter implements AutoCloseable {
        private final InputId id;
        private @Nullable InputResolved resolution;
        private boolean changed;

        private Waiter(InputId id) {
            this.id = id;
        }

        private synchronized void resolved(InputResolved with) {
            resolution = with;
            notifyAll();
        }

        private synchronized void look() {
            changed = true;
            notifyAll();
        }

        /// Waits until it is resolved, or something else has changed, or the time is up.
        ///
        /// @return absent unless it was resolved by this process
        synchronized @Nullable InputResolved await(long millis) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (resolution == null && !changed) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
            changed = false;
            return resolution;
        }

        @Override
        public void close() {
            waiting.remove(id, this);
        }
    }
}
