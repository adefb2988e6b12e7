package dev.dwata.agent;

import dev.dwata.types.Envelope;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was committed and one reader has not taken yet: bounded, and never in the way of who commits. What is
/// too much is left out, oldest first, and the reader told to look at the log.
final class Arrivals {
    /// A reader that is further behind than this reads the log sooner than it would read what was kept for it.
    private static final int MOST_EVENTS = 4_096;

    /// Waking a reader costs more than telling it something. So one that is told things faster than this looks
    /// again after a while, instead of being woken for each: nobody sees the difference, and it costs a
    /// fraction.
    private static final long FAST_NANOS = 100_000;

    private static final long WHILE_NANOS = 250_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<List<Envelope>> batches = new ArrayDeque<>();
    private int events;
    private boolean lookAtLog;
    private long taken = System.nanoTime() - WHILE_NANOS;
    private boolean fast;

    /// What comes next.
    ///
    /// @param events    empty where there is only the log to look at
    /// @param lookAtLog whether the log may have more than what arrives tells of
    record Next(List<Envelope> events, boolean lookAtLog) {}

    void add(List<Envelope> batch) {
        lock.lock();
        try {
            batches.add(batch);
            events += batch.size();
            while (events > MOST_EVENTS && !batches.isEmpty()) {
                events -= batches.remove().size();
                lookAtLog = true;
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void lookAtLog() {
        lock.lock();
        try {
            lookAtLog = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for what comes next.
    ///
    /// @param nanos how long; [Long#MAX_VALUE] for ever
    /// @return absent when the time is over
    @Nullable
    Next take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (fast && isEmpty() && nanos > WHILE_NANOS) {
                lookAway();
            }
            long left = nanos;
            while (isEmpty()) {
                if (left <= 0) {
                    return null;
                }
                left = arrived.awaitNanos(left);
            }
            long now = System.nanoTime();
            fast = now - taken < FAST_NANOS;
            taken = now;
            boolean look = lookAtLog;
            lookAtLog = false;
            List<Envelope> next = batches.isEmpty() ? List.of() : batches.remove();
            events -= next.size();
            return new Next(next, look);
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return batches.isEmpty() && !lookAtLog;
    }

    /// Without a place in line, so that nobody wakes it.
    private void lookAway() throws InterruptedException {
        lock.unlock();
        try {
            TimeUnit.NANOSECONDS.sleep(WHILE_NANOS);
        } finally {
            lock.lock();
        }
    }
}
