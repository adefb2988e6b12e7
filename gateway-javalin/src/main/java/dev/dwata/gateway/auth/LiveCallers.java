package dev.dwata.gateway.auth;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who have been let in and are still there. Again and again it is asked whether their tokens hold: one
/// that was revoked, also by another process, ends all that is open with it.
final class LiveCallers implements AutoCloseable {
    static final Duration EVERY = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(LiveCallers.class);

    private final Callers callers;
    private final Set<Stay> stays = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledFuture<?> looking;

    LiveCallers(Callers callers) {
        this.callers = callers;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("gateway-tokens").factory());
        looking = timer.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private final class Stay implements Gatekeeper.Stay {
        private final Caller caller;
        private final Runnable end;

        Stay(Caller caller, Runnable end) {
            this.caller = caller;
            this.end = end;
        }

        @Override
        public void close() {
            stays.remove(this);
        }
    }

    /// @param end closes what is open; does not block
    Gatekeeper.Stay add(Caller caller, Runnable end) {
        Stay stay = new Stay(caller, end);
        if (caller.token() != null) {
            stays.add(stay);
        }
        return stay;
    }

    private void look() {
        try {
            Map<String, Boolean> known = new HashMap<>();
            for (Stay stay : List.copyOf(stays)) {
                boolean holds =
                        known.computeIfAbsent(String.valueOf(stay.caller.token()), id -> callers.holds(stay.caller));
                if (!holds && stays.remove(stay)) {
                    stay.end.run();
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("whether tokens still hold could not be asked: {}", e.toString());
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
        stays.clear();
    }
}
