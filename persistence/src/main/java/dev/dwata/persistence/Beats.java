package dev.dwata.persistence;

import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leases: a store that answers for runs counts its beat up in the database, and one whose beat has not moved
/// for the length of a lease stands still. How long that is, the watcher measures by its own monotonic clock,
/// so no change of the time of day makes a lease run out.
final class Beats {
    private static final Logger LOG = LoggerFactory.getLogger(Beats.class);
    private static final int MOST_SEEN = 1000;

    private final Lease lease;
    private final String own;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private @Nullable Thread beating;
    private volatile boolean hasBeaten;

    /// @param length after which a store that does not beat stands still
    /// @param beat   how often a store beats
    record Lease(Duration length, Duration beat) {
        static final Lease DEFAULT = new Lease(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /// @param since in the watcher's nanoseconds
    private record Seen(long beat, long since) {}

    /// @param own   the instance that beats
    /// @param nanos a monotonic clock
    Beats(Lease lease, String own, LongSupplier nanos) {
        this.lease = lease;
        this.own = own;
        this.nanos = nanos;
    }

    /// From now on beats while there are runs that this store answers for.
    void start(Writer writer, Readers readers) {
        beating = Thread.ofVirtual().name("dwata-beat").start(() -> {
            try {
                while (true) {
                    Thread.sleep(lease.beat());
                    beat(writer, readers);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void beat(Writer writer, Readers readers) {
        try {
            boolean answers = readers.read(handle -> handle.createQuery("""
                            SELECT EXISTS (SELECT 1 FROM agent_runs
                                           WHERE ended_at IS NULL AND is_parked = 0 AND instance_id = ?)""")
                    .bind(0, own)
                    .map((row, context) -> row.getBoolean(1))
                    .one());
            if (answers) {
                hasBeaten = true;
                writer.call(
                        Safety.COMMITTED,
                        transaction -> transaction.handle.execute(
                                "INSERT INTO instances (id, beat) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET beat = beat + 1",
                                own));
            }
        } catch (AgentException e) {
            LOG.debug("the beat was left out: {}", e.getMessage()); // others see it as standing still, in the end
        }
    }

    /// Whether a store has not beaten for the length of a lease. Says so only to who has asked before.
    ///
    /// @param beat where it stands now
    synchronized boolean standsStill(String instance, long beat) {
        long now = nanos.getAsLong();
        Seen before = seen.get(instance);
        if (before == null || before.beat() != beat) {
            seen.put(instance, new Seen(beat, now));
            if (seen.size() > MOST_SEEN) {
                seen.remove(seen.keySet().iterator().next());
            }
            return false;
        }
        return now - before.since() >= lease.length().toNanos();
    }

    /// Stops beating, and takes the store's mark out of the database.
    void stop(Writer writer) {
        if (beating != null) {
            beating.interrupt();
        }
        if (hasBeaten) {
            try {
                writer.call(Safety.COMMITTED, transaction -> forget(transaction.handle, own));
            } catch (AgentException e) {
                LOG.debug("the mark of {} was left behind: {}", own, e.getMessage());
            }
        }
    }

    static int forget(Handle handle, String instance) {
        return handle.execute("DELETE FROM instances WHERE id = ?", instance);
    }
}
