package dev.dwata.persistence;

import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The entries that a transaction appends, written together.
final class LogRows {
    private static final String INSERT =
            "INSERT INTO session_log (session, seq, time, run, type, payload) VALUES (?, ?, ?, ?, ?, ?)";

    private final Handle handle;
    private @Nullable PreparedBatch pending;

    LogRows(Handle handle) {
        this.handle = handle;
    }

    /// @param run absent for entries that belong to no run
    void add(OpenSession session, @Nullable OpenRun run, Envelope entry, String payload) {
        if (pending == null) {
            pending = handle.prepareBatch(INSERT);
        }
        pending.bind(0, session.key)
                .bind(1, entry.seq())
                .bind(2, entry.time().toEpochMilli())
                .bind(3, run == null ? null : Long.valueOf(run.key))
                .bind(4, EventCodec.name(entry.event()))
                .bind(5, payload)
                .add();
    }

    void flush() {
        if (pending != null) {
            PreparedBatch batch = pending;
            pending = null;
            batch.execute();
        }
    }
}
