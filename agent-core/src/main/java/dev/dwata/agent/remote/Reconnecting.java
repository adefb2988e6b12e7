package dev.dwata.agent.remote;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The present connection of a [Link], and how the next one is made: after 0.1 s, then twice as long each time
/// up to 5 s, each a little earlier by chance, so that clients do not come back all at once.
final class Reconnecting implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final Opening opening;
    private final Runnable resumed;
    private final Runnable ended;
    private @Nullable Connection connection;
    private @Nullable Thread trying;
    private @Nullable AgentException refusal;
    private boolean closed;

    /// Makes a connection.
    @FunctionalInterface
    interface Opening {
        Connection open(Runnable onLoss) throws IOException, InterruptedException;
    }

    /// @param resumed called when there is a new connection
    /// @param ended   called when none was made for too long, it was refused, or all is closed
    Reconnecting(Opening opening, Runnable resumed, Runnable ended) {
        this.opening = opening;
        this.resumed = resumed;
        this.ended = ended;
    }

    /// Makes the first one.
    void begin() throws IOException, InterruptedException {
        adopt(opening.open(this::lost));
    }

    /// Waits for a connection that is not known to be lost.
    ///
    /// @throws ConnectionLost if there is none in time
    /// @throws AgentException with why the gateway does not let this client in any more
    synchronized Connection connection(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            if (closed || refusal != null) {
                throw why();
            }
            Connection present = connection;
            if (present != null && !present.isLost()) {
                return present;
            }
            tryAgain();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new ConnectionLost();
            }
            wait(left);
        }
    }

    synchronized boolean isConnected() {
        return !closed && connection != null && !connection.isLost();
    }

    synchronized boolean isClosed() {
        return closed || refusal != null;
    }

    synchronized AgentException why() {
        if (closed) {
            return new AgentException(new AgentError.Draining("the runtime was closed"));
        }
        return refusal == null ? new ConnectionLost() : refusal;
    }

    private synchronized void lost() {
        tryAgain();
    }

    private synchronized void tryAgain() {
        if (trying == null && !closed && refusal == null) {
            trying = Thread.ofVirtual().name("dwata-reconnect").start(this::reconnect);
        }
    }

    private void reconnect() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long wait = FIRST_WAIT_MILLIS;
        try {
            while (System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(wait / 2, wait + 1));
                wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
                if (triedOnce()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gaveUp(null);
    }

    /// @return whether nothing more is to be tried
    private boolean triedOnce() throws InterruptedException {
        try {
            adopt(opening.open(this::lost));
            resumed.run();
            return true;
        } catch (IOException e) {
            return false;
        } catch (AgentException e) {
            if (e instanceof ConnectionLost || e.error().retryable()) {
                return false;
            }
            gaveUp(e);
            return true;
        }
    }

    private void adopt(Connection made) {
        boolean unwanted;
        synchronized (this) {
            unwanted = closed;
            connection = made;
            trying = null;
            notifyAll();
            if (made.isLost()) {
                tryAgain();
            }
        }
        if (unwanted) {
            made.close();
        }
    }

    private void gaveUp(@Nullable AgentException why) {
        synchronized (this) {
            refusal = why;
            trying = null;
            notifyAll();
        }
        ended.run();
    }

    @Override
    public void close() {
        Connection present;
        Thread thread;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            present = connection;
            thread = trying;
            notifyAll();
        }
        if (thread != null) {
            thread.interrupt();
        }
        if (present != null) {
            present.close();
        }
        ended.run();
    }
}
