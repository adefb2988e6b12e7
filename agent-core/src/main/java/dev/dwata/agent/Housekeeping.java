package dev.dwata.agent;

import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a store small while a long-lived runtime is up: merges the deltas of runs that have been over for an
/// hour, at once and then every few minutes, a few runs at a time, and removes attachments that have been in no
/// message for a day.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration OVER_FOR = Duration.ofHours(1);
    private static final Duration UNUSED_FOR = Duration.ofDays(1);
    private static final long EVERY_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final int RUNS_AT_ONCE = 20;
    private static final long PAUSE_MILLIS = 500;
    private static final long CLOSE_MILLIS = 2_000;

    private final SessionLog log;
    private final Attachments attachments;
    private final InstantSource clock;
    private final Thread thread;

    private Housekeeping(Store store, InstantSource clock) {
        this.log = store.log();
        this.attachments = store.attachments();
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("dwata-housekeeping").unstarted(this::work);
    }

    static Housekeeping start(Store store, InstantSource clock) {
        Housekeeping housekeeping = new Housekeeping(store, clock);
        housekeeping.thread.start();
        return housekeeping;
    }

    private void work() {
        try {
            while (true) {
                boolean more = compact();
                if (!more) {
                    sweep();
                }
                TimeUnit.MILLISECONDS.sleep(more ? PAUSE_MILLIS : EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            LOG.debug("housekeeping ends");
        }
    }

    /// @return whether there may be more to do now
    private boolean compact() throws InterruptedException {
        try {
            return log.compact(clock.instant().minus(OVER_FOR), RUNS_AT_ONCE) == RUNS_AT_ONCE;
        } catch (AgentException e) {
            LOG.warn("old runs could not be compacted, which is tried again later: {}", e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("old runs could not be compacted, which is tried again later", e);
            return false;
        }
    }

    private void sweep() {
        try {
            int swept = attachments.sweep(clock.instant().minus(UNUSED_FOR));
            LOG.debug("{} attachments that no message refers to were removed", swept);
        } catch (AgentException e) {
            LOG.warn("unused attachments could not be removed, which is tried again later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("unused attachments could not be removed, which is tried again later", e);
        }
    }

    /// Stops after the step that is under way. A second call does nothing.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
