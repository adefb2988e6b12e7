package dev.dwata.persistence;

import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A few connections for reading, opened when first needed and used by whichever thread comes: virtual threads
/// are too many to have one each. Readers wait for each other but never for the writer.
final class Readers {
    private static final long PATIENCE_SECONDS = 10;

    private final Supplier<Handle> open;
    private final int most;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Handle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(Supplier<Handle> open, int most) {
        this.open = open;
        this.most = most;
        this.free = new Semaphore(most);
    }

    /// Asks one or more questions of the same state of the database.
    <T extends @Nullable Object> T read(Function<Handle, T> questions) {
        acquire();
        try {
            if (closed) {
                throw Refusal.closed();
            }
            Handle known = idle.pollFirst();
            Handle handle = known == null ? open.get() : known;
            boolean sound = false;
            try {
                handle.execute("BEGIN");
                T answer = questions.apply(handle);
                handle.execute("COMMIT");
                sound = true;
                return answer;
            } catch (AgentException e) {
                handle.execute("ROLLBACK");
                sound = true;
                throw e;
            } finally {
                if (sound) {
                    idle.addFirst(handle);
                } else {
                    handle.close();
                }
            }
        } catch (AgentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StorageErrors.of(e);
        } finally {
            free.release();
        }
    }

    private void acquire() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw new AgentException(new AgentError.StorageBusy(
                                "too many readers have kept the database busy for too long"));
                    }
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Waits for those who read, then closes the connections.
    void close() {
        closed = true;
        free.acquireUninterruptibly(most);
        idle.forEach(Handle::close);
        idle.clear();
        free.release(most);
    }
}
