package dev.dwata.persistence;

import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.ClaimLostException;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Runs;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

final class SqliteRuns implements Runs {
    private static final String SELECT =
            "SELECT " + Rows.RUN + " FROM agent_runs r JOIN sessions s ON s.id = r.session_id ";

    private static final String LEFT_BY = """
            r.ended_at IS NULL AND r.is_parked = 0 AND r.instance_id = :other AND (:session IS NULL OR r.session_id =
              (SELECT id FROM sessions WHERE public_id = :session))""";

    private final Writer writer;
    private final Readers readers;
    private final Instances instances;
    private final Beats beats;

    SqliteRuns(Writer writer, Readers readers, Instances instances, Beats beats) {
        this.writer = writer;
        this.readers = readers;
        this.instances = instances;
        this.beats = beats;
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
    public Optional<JsonNode> outputSchema(RunId id) {
        return readers.read(handle -> handle.createQuery(
                        "SELECT output_schema FROM agent_runs WHERE public_id = ? AND output_schema IS NOT NULL")
                .bind(0, id.value())
                .map((row, context) -> Json.MAPPER.readTree(row.getString(1)))
                .findOne());
    }

    @Override
    public Optional<Claim> start(RunId id) {
        if (readers.read(handle -> hasToWait(handle, id))) {
            return Optional.empty();
        }
        return writer.call(Safety.COMMITTED, transaction -> claim(transaction, id));
    }

    private Optional<Claim> claim(Transaction transaction, RunId id) {
        Handle handle = transaction.handle;
        if (!handle.createQuery("SELECT instance_id FROM agent_runs WHERE public_id = ? AND ended_at IS NULL")
                .bind(0, id.value())
                .map((row, context) -> row.getString(1))
                .findOne()
                .orElseThrow(() -> find(handle, id).isPresent() ? Refusal.runIsOver(id) : Refusal.noRun(id))
                .equals(instances.own())) {
            throw new ClaimLostException(id);
        }
        if (hasToWait(handle, id)) {
            return Optional.empty();
        }
        transaction.forget(id);
        return Optional.of(handle.createQuery("""
                        UPDATE agent_runs AS r SET started_at = coalesce(started_at, :now), epoch = epoch + 1,
                          status = CASE WHEN w.waits THEN 'waiting_input' ELSE 'running' END,
                          under_way_since = CASE WHEN w.waits THEN under_way_since ELSE coalesce(under_way_since, :now) END
                        FROM (SELECT EXISTS (SELECT 1 FROM input_requests q JOIN agent_runs a ON a.id = q.run_id
                                             WHERE a.public_id = :id AND q.resolved_at IS NULL) AS waits) w
                        WHERE r.public_id = :id RETURNING epoch, (SELECT public_id FROM sessions WHERE id = session_id)""")
                .bind("now", transaction.now().toEpochMilli())
                .bind("id", id.value())
                .map((row, context) -> new Claim(new SessionId(row.getString(2)), id, row.getLong(1)))
                .one());
    }

    private static boolean hasToWait(Handle handle, RunId id) {
        return handle.createQuery("""
                        SELECT EXISTS (
                          SELECT 1 FROM agent_runs r JOIN agent_runs other ON other.session_id = r.session_id
                          WHERE r.public_id = ? AND other.ended_at IS NULL AND other.id <> r.id
                            AND (other.status IN ('running', 'waiting_input') OR (other.id < r.id AND other.is_parked = 0)))""")
                .bind(0, id.value())
                .map((row, context) -> row.getBoolean(1))
                .one();
    }

    @Override
    public void park(RunId id) {
        writer.call(
                Safety.SYNCED,
                transaction -> transaction.handle.execute(
                        "UPDATE agent_runs SET is_parked = 1 WHERE public_id = ? AND instance_id = ? AND ended_at IS NULL",
                        id.value(),
                        instances.own()));
    }

    @Override
    public Optional<RunInfo> unpark(RunId id) {
        return writer.call(Safety.SYNCED, transaction -> {
            int changed = transaction
                    .handle
                    .createUpdate("""
                            UPDATE agent_runs SET is_parked = 0, instance_id = :own, epoch = epoch + 1
                            WHERE public_id = :id AND is_parked = 1 AND ended_at IS NULL""")
                    .bind("own", instances.own())
                    .bind("id", id.value())
                    .execute();
            transaction.forget(id);
            return changed == 0 ? Optional.empty() : find(transaction.handle, id);
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
        List<RunInfo> adopted = new ArrayList<>();
        for (Owner other : others(only)) {
            boolean gone = instances.ifGone(other.instance(), () -> adopted.addAll(take(other, only, true)));
            if (!gone && beats.standsStill(other.instance(), other.beat())) {
                adopted.addAll(take(other, only, false));
            }
        }
        adopted.sort(Comparator.comparing(RunInfo::createdAt).thenComparingLong(RunInfo::admittedSeq));
        return List.copyOf(adopted);
    }

    /// A store that answers for runs.
    private record Owner(String instance, long beat) {}

    private List<Owner> others(@Nullable String session) {
        return readers.read(handle -> handle.createQuery("""
                        SELECT DISTINCT r.instance_id, coalesce(i.beat, 0)
                        FROM agent_runs r LEFT JOIN instances i ON i.id = r.instance_id
                        WHERE r.ended_at IS NULL AND r.is_parked = 0 AND r.instance_id <> :own
                          AND (:session IS NULL OR r.session_id = (SELECT id FROM sessions WHERE public_id = :session))""")
                .bind("own", instances.own())
                .bind("session", session)
                .map((row, context) -> new Owner(row.getString(1), row.getLong(2)))
                .list());
    }

    /// @param gone whether the other will not come back
    private List<RunInfo> take(Owner other, @Nullable String session, boolean gone) {
        return writer.call(Safety.SYNCED, transaction -> {
            List<RunInfo> left = transaction
                    .handle
                    .createQuery(SELECT + "WHERE " + LEFT_BY + " ORDER BY r.id")
                    .bind("other", other.instance())
                    .bind("session", session)
                    .map((row, context) -> Rows.run(row))
                    .list();
            transaction
                    .handle
                    .createUpdate("UPDATE agent_runs AS r SET instance_id = :own, epoch = epoch + 1 WHERE " + LEFT_BY)
                    .bind("own", instances.own())
                    .bind("other", other.instance())
                    .bind("session", session)
                    .execute();
            Ledger ledger = new Ledger(transaction.handle);
            left.forEach(run -> {
                transaction.forget(run.id());
                ledger.forfeitAll(run.id());
            });
            if (gone && session == null) {
                Beats.forget(transaction.handle, other.instance());
            }
            return left;
        });
    }
}
