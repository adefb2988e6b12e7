package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Wake;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.StreamSubscriptions.Changed;
import dev.dwata.agent.store.Streams;
import dev.dwata.types.AgentException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after subscriptions when a stream changed, and when the time of a worker or of a pause is over. One
/// thread, which sleeps otherwise.
final class Alarm implements Streams.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final long LONGEST = 60_000;
    private static final int MOST_UNDER_WAY = 10_000;
    private static final int MOST_CHANGED = 10_000;

    private final StreamSubscriptions subscriptions;
    private final Clock clock;
    private final Waking waking;
    private final Consumer<StreamSubscription> deliver;
    private final Set<Streams.Name> changed = new LinkedHashSet<>();
    private boolean closing;
    private boolean again = true;

    /// @param deliver tells a webhook; does not block
    Alarm(StreamSubscriptions subscriptions, Clock clock, Waking waking, Consumer<StreamSubscription> deliver) {
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.waking = waking;
        this.deliver = deliver;
    }

    void start() {
        Thread.ofVirtual().name("stream-subscriptions").start(this::work);
    }

    @Override
    public synchronized void changed(Streams.Name name) {
        if (changed.size() < MOST_CHANGED) {
            changed.add(name);
            notifyAll();
        }
    }

    /// Whoever changed it elsewhere looks after it there.
    @Override
    public void changedElsewhere() {}

    /// A time may have changed that is waited for.
    synchronized void lookAgain() {
        again = true;
        notifyAll();
    }

    private void work() {
        long next = 0;
        try {
            catchUp();
            while (true) {
                Streams.Name name = next(next);
                if (isClosing()) {
                    return;
                }
                next = attend(name, next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void catchUp() {
        try {
            subscriptions.all(MOST_UNDER_WAY).forEach(waking::catchUp);
        } catch (AgentException e) {
            LOG.warn("subscriptions of streams are not looked after: {}", e.getMessage());
        }
    }

    private long attend(Streams.@Nullable Name name, long next) {
        try {
            if (name != null) {
                waking.look(name);
                return next;
            }
            return look();
        } catch (AgentException e) {
            LOG.warn("subscriptions of streams are not looked after: {}", e.getMessage());
            return clock.millis() + 1_000;
        } catch (RuntimeException e) { // the others wait for this thread
            LOG.error("a subscription of streams was not looked after", e);
            return clock.millis() + 1_000;
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /// @return a stream that changed; absent: it is time to look at all
    private synchronized Streams.@Nullable Name next(long at) throws InterruptedException {
        while (true) {
            if (closing) {
                return null;
            }
            if (!changed.isEmpty()) {
                Streams.Name first = changed.iterator().next();
                changed.remove(first);
                again = true;
                return first;
            }
            long left = at - clock.millis();
            if (again || left <= 0) {
                again = false;
                return null;
            }
            wait(Math.min(left, LONGEST));
        }
    }

    /// @return when to look again
    private long look() {
        List<StreamSubscription> underWay = subscriptions.underWay(MOST_UNDER_WAY);
        long now = clock.millis();
        long next = now + LONGEST;
        for (StreamSubscription one : underWay) {
            Wake wake = one.wake();
            long lease = wake == null ? 0 : wake.leaseUntil();
            if (one.retryAt() > 0 && one.retryAt() <= now) {
                retry(one, now);
            } else if (lease > 0 && lease <= now) {
                expire(one);
            } else {
                next = Math.min(next, one.retryAt() > 0 ? one.retryAt() : lease > 0 ? lease : next);
            }
        }
        return next;
    }

    private void retry(StreamSubscription old, long now) {
        StreamSubscription ready = subscriptions.change(old.owner(), old.id(), found -> {
            Wake wake = found == null ? null : found.wake();
            if (found == null || wake == null || found.generation() != old.generation()) {
                return new Changed<@Nullable StreamSubscription>(found, null);
            }
            StreamSubscription held =
                    found.holding(new Wake(wake.id(), wake.holder(), now + Delivery.LONGEST, wake.seen()));
            return new Changed<@Nullable StreamSubscription>(held, held);
        });
        if (ready != null) {
            lookAgain();
            deliver.accept(ready);
        }
    }

    private void expire(StreamSubscription old) {
        boolean over = subscriptions.change(old.owner(), old.id(), found -> {
            Wake wake = found == null ? null : found.wake();
            if (found == null
                    || wake == null
                    || found.generation() != old.generation()
                    || wake.leaseUntil() > clock.millis()) {
                return new Changed<>(found, false);
            }
            return new Changed<>(found.settled(), true);
        });
        if (over) {
            lookAgain();
            waking.wake(old.owner(), old.id());
        }
    }

    @Override
    public synchronized void close() {
        closing = true;
        notifyAll();
    }
}
