package dev.dwata.persistence;

import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A few connections for reading, opened when first needed and used by whichever thread comes: virtual threads
/// are too many to have one each. Readers wait for each other but never for the writer. One is opened at once,
/// so that there is something to read with should the file lose its name.
final class Readers {
    private static final long PATIENCE_SECONDS = 10;

    private final Supplier<Handle> open;
    private final int most;
    private final Condition condition;
    private final Semaphore free;
    private final LinkedBlockingDeque<Handle> idle = new LinkedBlockingDeque<>();
    private volatile boolean closed;

    /// @param condition is told of damage that readers find
    Readers(Supplier<Handle> open, int most, Condition condition) {
        this.open = open;
        this.most = most;
        this.condition = condition;
        this.free = new Semaphore(most);
        idle.add(open.get());
    }

    /// Asks one or more questions of the same state of the database.
    <T extends @Nullable Object> T read(Function<Handle, T> questions) {
        acquire();
        try {
            if (closed) {
                throw Refusal.closed();
            }
            Handle handle = connection();
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
            throw condition.failed(e);
        } finally {
            free.release();
        }
    }

    /// One that is idle, else a new one; where the file is not in its place, whichever is idle next.
    private Handle connection() {
        Handle known = idle.pollFirst();
        if (known != null) {
            return known;
        }
        Handle opened = condition.isInPlace() ? open.get() : null;
        if (opened != null && condition.isInPlace()) {
            return opened;
        }
        if (opened != null) {
            opened.close(); // perhaps of another file
        }
        return await();
    }

    private Handle await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Handle next = idle.pollFirst(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    if (next == null) {
                        throw new AgentException(new AgentError.StorageBusy(
                                "the database file is not in its place, and those who still have it open are busy"));
                    }
                    return next;
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
