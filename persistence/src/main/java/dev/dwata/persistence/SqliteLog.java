package dev.dwata.persistence;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class SqliteLog implements SessionLog {
    private final Writer writer;
    private final Readers readers;
    private final String instance;

    /// @param instance of the store, which answers for the runs that are admitted
    SqliteLog(Writer writer, Readers readers, String instance) {
        this.writer = writer;
        this.readers = readers;
        this.instance = instance;
    }

    @Override
    public Admitted admit(Admission admission) throws InterruptedException {
        AdmissionWork work = AdmissionWork.of(admission, instance);
        Job<Admitted> job = Job.awaited(Safety.SYNCED, null, work::doIn);
        stopIfInterrupted();
        writer.submit(job);
        return job.await();
    }

    @Override
    public void append(SessionId session, @Nullable RunId run, AgentEvent event) throws InterruptedException {
        append(session, run, event, (transaction, in) -> run == null ? null : transaction.run(in, run));
    }

    @Override
    public void append(Claim claim, AgentEvent event) throws InterruptedException {
        append(claim.session(), claim.run(), event, (transaction, in) -> transaction.run(in, claim));
    }

    /// Finds the run that an event is of, or refuses.
    private interface Whose extends BiFunction<Transaction, OpenSession, @Nullable OpenRun> {}

    private void append(SessionId session, @Nullable RunId run, AgentEvent event, Whose whose)
            throws InterruptedException {
        AgentEvent clean = CleanText.of(event);
        String payload = clean instanceof AgentEvent.Live ? "" : EventCodec.payload(clean);
        Function<Transaction, Envelope> work = transaction -> {
            OpenSession in = transaction.session(session);
            return transaction.append(in, whose.apply(transaction, in), clean, payload, transaction.now());
        };
        Job<?> job;
        if (SessionLog.isBarrier(clean)) {
            job = Job.awaited(Safety.SYNCED, run, work);
        } else {
            job = Job.unawaited(clean instanceof AgentEvent.Live ? Safety.UNSTORED : Safety.COMMITTED, run, work);
        }
        stopIfInterrupted();
        writer.submit(job);
        if (SessionLog.isBarrier(clean)) {
            job.await();
        }
    }

    /// A queue with room takes a job without looking at the thread's flag.
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before anything was appended");
        }
    }

    @Override
    public List<Envelope> read(SessionId session, long afterSeq, int limit) {
        return readers.read(handle -> {
            Map<Long, RunId> runs = new HashMap<>();
            return handle.createQuery("""
                            SELECT seq, time, run, type, payload, first_seq FROM session_log
                            WHERE session = (SELECT id FROM sessions WHERE public_id = ?) AND seq > ?
                            ORDER BY seq LIMIT ?""")
                    .bind(0, session.value())
                    .bind(1, afterSeq)
                    .bind(2, limit)
                    .map((row, context) -> entry(row, session, runOf(row, runs, handle)))
                    .list();
        });
    }

    /// @param row seq, time, run, type, payload, first_seq
    static Envelope entry(ResultSet row, SessionId session, @Nullable RunId run) throws SQLException {
        long seq = row.getLong(1);
        long firstSeq = row.getLong(6);
        return new Envelope(
                session,
                seq,
                Instant.ofEpochMilli(row.getLong(2)),
                run,
                EventCodec.read(row.getString(4), row.getBytes(5)),
                firstSeq == 0 ? seq : firstSeq);
    }

    /// Many entries are of few runs, so each is looked up once.
    private static @Nullable RunId runOf(ResultSet row, Map<Long, RunId> runs, Handle handle) throws SQLException {
        long key = row.getLong(3);
        return row.wasNull()
                ? null
                : runs.computeIfAbsent(
                        key,
                        k -> handle.createQuery("SELECT public_id FROM agent_runs WHERE id = ?")
                                .bind(0, k)
                                .map((run, context) -> new RunId(run.getString(1)))
                                .one());
    }

    @Override
    public long headSeq(SessionId session) {
        return readers.read(handle -> handle.createQuery(
                        "SELECT max(seq) FROM session_log WHERE session = (SELECT id FROM sessions WHERE public_id = ?)")
                .bind(0, session.value())
                .map((row, context) -> row.getLong(1))
                .one());
    }

    @Override
    public int compact(Instant endedBefore, int mostRuns) throws InterruptedException {
        return new Compaction(writer, readers).compact(endedBefore, mostRuns);
    }

    @Override
    public void listen(CommitListener listener) {
        writer.listen(listener);
    }
}
