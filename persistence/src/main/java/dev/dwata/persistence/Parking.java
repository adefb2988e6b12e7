package dev.dwata.persistence;

import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.EventCodec;
import dev.dwata.types.RunId;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Keeps runs that are not over from going on by themselves, in a database that is not the one they were
/// admitted to: there they may have gone on since, and done what must not be done twice.
final class Parking {
    private final Handle handle;
    private final InstantSource clock;

    Parking(Handle handle, InstantSource clock) {
        this.handle = handle;
        this.clock = clock;
    }

    private record Open(SessionId session, RunId run, String status) {}

    /// In one transaction.
    ///
    /// @param reason one sentence for people
    /// @return how many were parked
    int park(String reason) {
        List<Open> open = handle.createQuery("""
                        SELECT s.public_id, r.public_id, r.status FROM agent_runs r JOIN sessions s ON s.id = r.session_id
                        WHERE r.ended_at IS NULL ORDER BY r.id""")
                .map((row, context) ->
                        new Open(new SessionId(row.getString(1)), new RunId(row.getString(2)), row.getString(3)))
                .list();
        handle.useTransaction(within -> {
            Transaction transaction = new Transaction(handle, new LogRows(handle), clock);
            RunInterrupted event = new RunInterrupted(reason);
            Ledger ledger = new Ledger(handle);
            for (Open run : open) {
                ledger.forfeitAll(run.run());
                if (!run.status().equals(RunStatus.INTERRUPTED.wireName())) {
                    OpenSession session = transaction.session(run.session());
                    transaction.append(
                            session,
                            transaction.run(session, run.run()),
                            event,
                            EventCodec.payload(event),
                            transaction.now());
                }
            }
            transaction.flush();
            handle.execute("UPDATE agent_runs SET is_parked = 1 WHERE ended_at IS NULL");
            handle.execute("DELETE FROM instances");
        });
        return open.size();
    }
}
