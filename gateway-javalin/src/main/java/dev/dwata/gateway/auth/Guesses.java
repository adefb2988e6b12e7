package dev.dwata.gateway.auth;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Slows down those who try tokens. From this machine each wrong one costs time, and only so many are told that
/// they are wrong, but the right one is let in whatever others do: no page can lock its user out. Another
/// machine that is wrong too often is not heard for some time.
public final class Guesses {
    /// How long a wrong guess from this machine waits for its answer.
    public static final Duration DELAY = Duration.ofMillis(250);

    /// How long another machine is not heard.
    public static final Duration LOCKED = Duration.ofMinutes(5);

    static final int LOCAL_A_MINUTE = 60;
    static final int REMOTE_A_MINUTE = 10;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PEERS = 4_096;
    private static final int WAITING = 64;
    private static final int NETWORK_BYTES = 8;

    private final LongSupplier nanos;
    private final Pause pause;
    private final Semaphore waiting = new Semaphore(WAITING);
    private final Tally local = new Tally();
    private final Map<String, Tally> remote = new LinkedHashMap<>(16, 0.75f, true);

    /// Waits.
    @FunctionalInterface
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    public Guesses() {
        this(System::nanoTime, Thread::sleep);
    }

    /// @param nanos a clock that only goes forward
    Guesses(LongSupplier nanos, Pause pause) {
        this.nanos = nanos;
        this.pause = pause;
    }

    /// The wrong guesses of the last minute.
    private static final class Tally {
        private long begun;
        private int wrong;
        private long lockedUntil;
        private boolean locked;
    }

    /// Tries something that fails with `Unauthenticated` where somebody shows what is wrong.
    ///
    /// @param from the other end of the connection
    /// @throws AgentException what the attempt fails with, or `RateLimited`
    <T> T attempt(InetAddress from, Supplier<T> attempt) {
        if (!from.isLoopbackAddress()) {
            refuseLocked(from);
        }
        try {
            return attempt.get();
        } catch (AgentException e) {
            if (e.error() instanceof AgentError.Unauthenticated) {
                throw wrong(from, e);
            }
            throw e;
        }
    }

    private AgentException wrong(InetAddress from, AgentException failure) {
        if (!from.isLoopbackAddress()) {
            addRemote(from);
            return failure;
        }
        boolean tooMany = addLocal() > LOCAL_A_MINUTE;
        if (!waiting.tryAcquire()) {
            return limited(MINUTE);
        }
        try {
            pause.pause(DELAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
        return tooMany ? limited(MINUTE) : failure;
    }

    private synchronized int addLocal() {
        return add(local);
    }

    private int add(Tally tally) {
        long now = nanos.getAsLong();
        if (tally.wrong == 0 || now - tally.begun > MINUTE.toNanos()) {
            tally.begun = now;
            tally.wrong = 0;
        }
        tally.wrong++;
        return tally.wrong;
    }

    private synchronized void addRemote(InetAddress from) {
        Tally tally = remote.computeIfAbsent(network(from), peer -> new Tally());
        if (add(tally) >= REMOTE_A_MINUTE) {
            tally.locked = true;
            tally.lockedUntil = nanos.getAsLong() + LOCKED.toNanos();
        }
        if (remote.size() > PEERS) {
            remote.remove(remote.keySet().iterator().next());
        }
    }

    private synchronized void refuseLocked(InetAddress from) {
        @Nullable Tally tally = remote.get(network(from));
        if (tally == null || !tally.locked) {
            return;
        }
        long left = tally.lockedUntil - nanos.getAsLong();
        if (left > 0) {
            throw limited(Duration.ofNanos(left));
        }
        remote.remove(network(from));
    }

    /// Whoever has one address of version 6 has all of its network.
    private static String network(InetAddress from) {
        byte[] bytes = from.getAddress();
        return HexFormat.of().formatHex(from instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    private static AgentException limited(Duration left) {
        return new AgentException(new AgentError.RateLimited("too many wrong tokens were shown", left));
    }
}
