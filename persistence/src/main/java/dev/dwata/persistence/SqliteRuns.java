package dev.dwata.persistence;

import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Runs;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

final class SqliteRuns implements Runs {
    private static final String SELECT =
            "SELECT " + Rows.RUN + " FROM agent_runs r JOIN sessions s ON s.id = r.session_id ";

    private final Writer writer;
    private final Readers readers;
    private final Instances instances;

    SqliteRuns(Writer writer, Readers readers, Instances instances) {
        this.writer = writer;
        this.readers = readers;
        this.instances = instances;
    }

    @Override
    public Optional<RunInfo> find(RunId id) {
        return readers.read(handle -> find(handle, id));
    }

    private static Optional<RunInfo> find(Handle handle, RunId id) {
        return handle.createQuery(SELECT + "WHERE r.public_id = :id")
                .bind("id", id.value())
                .map((row, context) -> Rows.run(row))
                .findOne();
    }

    @Override
    public void start(RunId id) {
        writer.call(Safety.COMMITTED, transaction -> {
            int changed = transaction
                    .handle
                    .createUpdate("""
                            UPDATE agent_runs SET status = 'running', started_at = coalesce(started_at, :now)
                            WHERE public_id = :id AND ended_at IS NULL""")
                    .bind("now", transaction.now().toEpochMilli())
                    .bind("id", id.value())
                    .execute();
            if (changed == 0) {
                throw find(transaction.handle, id).isPresent() ? Refusal.runIsOver(id) : Refusal.noRun(id);
            }
            return changed;
        });
    }

    @Override
    public List<RunInfo> list(SessionId session, int limit) {
        return readers.read(handle -> handle.createQuery(SELECT + """
                        WHERE r.session_id = (SELECT id FROM sessions WHERE public_id = :session)
                        ORDER BY r.id DESC LIMIT :limit""")
                .bind("session", session.value())
                .bind("limit", limit)
                .map((row, context) -> Rows.run(row))
                .list());
    }

    @Override
    public List<RunInfo> adopt(@Nullable SessionId session) {
        String only = session == null ? null : session.value();
        List<String> others = readers.read(handle -> handle.createQuery("""
                        SELECT DISTINCT instance_id FROM agent_runs
                        WHERE ended_at IS NULL AND instance_id <> :own AND (:session IS NULL OR session_id =
                          (SELECT id FROM sessions WHERE public_id = :session))""")
                .bind("own", instances.own())
                .bind("session", only)
                .map((row, context) -> row.getString(1))
                .list());
        List<RunInfo> adopted = new ArrayList<>();
        for (String other : others) {
            instances.ifGone(other, () -> adopted.addAll(take(other, only)));
        }
        adopted.sort(Comparator.comparing(RunInfo::createdAt).thenComparingLong(RunInfo::admittedSeq));
        return List.copyOf(adopted);
    }

    private List<RunInfo> take(String other, @Nullable String session) {
        return writer.call(Safety.SYNCED, transaction -> {
            List<RunInfo> left = transaction
                    .handle
                    .createQuery(SELECT + """
                            WHERE r.ended_at IS NULL AND r.instance_id = :other AND (:session IS NULL OR r.session_id =
                              (SELECT id FROM sessions WHERE public_id = :session))
                            ORDER BY r.id""")
                    .bind("other", other)
                    .bind("session", session)
                    .map((row, context) -> Rows.run(row))
                    .list();
            transaction
                    .handle
                    .createUpdate("""
                            UPDATE agent_runs SET instance_id = :own
                            WHERE ended_at IS NULL AND instance_id = :other AND (:session IS NULL OR session_id =
                              (SELECT id FROM sessions WHERE public_id = :session))""")
                    .bind("own", instances.own())
                    .bind("other", other)
                    .bind("session", session)
                    .execute();
            return left;
        });
    }
}
