package dev.dwata.persistence;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Forgets idempotency keys that nobody comes back with: those of runs that are over, a day after they were
/// used, as soon as there are more than a hundred thousand. The key of a sub-agent's run is kept as long as the
/// run that asked for it may go on.
final class OldKeys {
    static final int KEPT = 100_000;
    private static final Duration AGE = Duration.ofDays(1);
    private static final int MOST_AT_ONCE = 10_000;

    private OldKeys() {}

    /// Whether there is something to forget.
    static boolean areMany(Handle handle) {
        return surplus(handle) > 0;
    }

    private static int surplus(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM idempotency")
                        .map((row, context) -> row.getInt(1))
                        .one()
                - KEPT;
    }

    /// Forgets the oldest, within a transaction.
    ///
    /// @return how many
    static int forget(Handle handle, Instant now) {
        return handle.createUpdate("""
                        DELETE FROM idempotency WHERE (owner, method, key) IN (
                          SELECT i.owner, i.method, i.key FROM idempotency i JOIN agent_runs r ON r.id = i.run_id
                          LEFT JOIN agent_runs p ON p.public_id = r.parent_run
                          WHERE i.created_at < :before AND r.ended_at IS NOT NULL
                            AND (p.id IS NULL OR p.ended_at IS NOT NULL)
                          ORDER BY i.created_at LIMIT :most)""")
                .bind("before", now.minus(AGE).toEpochMilli())
                .bind("most", Math.clamp(surplus(handle), 0, MOST_AT_ONCE))
                .execute();
    }
}
