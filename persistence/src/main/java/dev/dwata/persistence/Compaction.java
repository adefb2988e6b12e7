package dev.dwata.persistence;

import dev.dwata.agent.store.MergedDeltas;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/// Merges the deltas of runs that are over. What there is to do is looked for by readers; the writer gets it in
/// steps, so that whoever waits for a commit waits for one step at most. Each step leaves a log that is whole.
final class Compaction {
    /// What one step takes up, at most: so many rows, and about so many characters.
    private static final int STEP_ROWS = 256;

    private static final int STEP_CHARS = 256 << 10;

    private final Writer writer;
    private final Readers readers;

    Compaction(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /// A run that is over, by its row and that of its session.
    private record EndedRun(long key, RunId id, long sessionKey, SessionId session, long admittedSeq) {}

    int compact(Instant endedBefore, int mostRuns) throws InterruptedException {
        List<EndedRun> runs = readers.read(handle -> runs(handle, endedBefore, mostRuns));
        for (EndedRun run : runs) {
            compact(run);
        }
        return runs.size();
    }

    private static List<EndedRun> runs(Handle handle, Instant endedBefore, int most) {
        return handle.createQuery("""
                        SELECT r.id, r.public_id, s.id, s.public_id, r.admitted_seq
                        FROM agent_runs r CROSS JOIN sessions s ON s.id = r.session_id
                        WHERE r.ended_at IS NOT NULL AND r.is_compacted = 0 AND r.ended_at < :before
                        ORDER BY r.ended_at LIMIT :most""")
                .bind("before", endedBefore.toEpochMilli())
                .bind("most", most)
                .map((row, context) -> new EndedRun(
                        row.getLong(1),
                        new RunId(row.getString(2)),
                        row.getLong(3),
                        new SessionId(row.getString(4)),
                        row.getLong(5)))
                .list();
    }

    private void compact(EndedRun run) throws InterruptedException {
        Long from = nextDelta(run, run.admittedSeq);
        while (from != null) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the log was compacted");
            }
            long step = from;
            from = nextDelta(run, writer.call(Safety.COMMITTED, transaction -> step(transaction.handle, run, step)));
        }
        writer.call(
                Safety.COMMITTED,
                transaction -> transaction
                        .handle
                        .createUpdate("UPDATE agent_runs SET is_compacted = 1 WHERE id = ?")
                        .bind(0, run.key)
                        .execute());
    }

    /// Where the run's deltas go on, up to its end.
    private @Nullable Long nextDelta(EndedRun run, long from) {
        return readers.read(handle -> handle.createQuery("""
                        SELECT CASE WHEN type IN ('token', 'reasoning') THEN seq END FROM session_log
                        WHERE session = :session AND seq >= :from AND run = :run
                          AND (type IN ('token', 'reasoning', 'final', 'cancelled')
                               OR type = 'error' AND json_extract(payload, '$.fatal'))
                        ORDER BY seq LIMIT 1""")
                .bind("session", run.sessionKey)
                .bind("from", from)
                .bind("run", run.key)
                .map((row, context) -> {
                    long seq = row.getLong(1);
                    return row.wasNull() ? null : Long.valueOf(seq);
                })
                .findFirst()
                .orElse(null));
    }

    /// Merges the deltas that follow each other from `from` on, as many as one step takes.
    ///
    /// @return where to go on: the last entry, which more may be merged into, unless this is where they end
    private static long step(Handle handle, EndedRun run, long from) {
        List<Envelope> deltas = new ArrayList<>();
        boolean all = deltas(handle, run, from, deltas);
        List<Envelope> merged = MergedDeltas.of(deltas);
        for (Envelope entry : merged) {
            if (entry.merged()) {
                replace(handle, run, entry);
            }
        }
        if (merged.isEmpty()) {
            return from + 1;
        }
        Envelope last = merged.getLast();
        return all || deltas.size() == 1 ? last.seq() + 1 : last.seq();
    }

    /// @param deltas takes them
    /// @return whether there are no more that follow
    private static boolean deltas(Handle handle, EndedRun run, long from, List<Envelope> deltas) {
        int chars = 0;
        try (ResultIterator<Row> rows = handle.createQuery("""
                        SELECT seq, time, run, type, payload, first_seq FROM session_log
                        WHERE session = :session AND seq >= :from ORDER BY seq LIMIT :most""")
                .bind("session", run.sessionKey)
                .bind("from", from)
                .bind("most", STEP_ROWS)
                .map((row, context) -> new Row(
                        row.getLong(3) == run.key ? SqliteLog.entry(row, run.session, run.id) : null,
                        row.getString(5).length()))
                .iterator()) {
            while (rows.hasNext()) {
                Row row = rows.next();
                if (row.entry == null || !MergedDeltas.isDelta(row.entry.event())) {
                    return true;
                }
                deltas.add(row.entry);
                chars += row.chars;
                if (chars >= STEP_CHARS) {
                    return false;
                }
            }
        }
        return deltas.size() < STEP_ROWS;
    }

    /// @param entry absent where it is of another run
    private record Row(@Nullable Envelope entry, int chars) {}

    private static void replace(Handle handle, EndedRun run, Envelope merged) {
        handle.createUpdate("DELETE FROM session_log WHERE session = ? AND seq >= ? AND seq < ?")
                .bind(0, run.sessionKey)
                .bind(1, merged.firstSeq())
                .bind(2, merged.seq())
                .execute();
        handle.createUpdate("UPDATE session_log SET first_seq = ?, payload = ? WHERE session = ? AND seq = ?")
                .bind(0, merged.firstSeq())
                .bind(1, EventCodec.payload(merged.event()))
                .bind(2, run.sessionKey)
                .bind(3, merged.seq())
                .execute();
    }
}
