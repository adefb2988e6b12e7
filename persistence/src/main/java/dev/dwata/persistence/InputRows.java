package dev.dwata.persistence;

import dev.dwata.agent.store.Projection.InputSettled;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes and reads input requests, and the rules that answers make.
final class InputRows {
    static final String SELECT = """
            SELECT q.public_id, s.public_id AS session, r.public_id AS run, q.owner, q.asked, q.seq, q.created_at, q.resolution
            FROM input_requests q CROSS JOIN agent_runs r ON r.id = q.run_id CROSS JOIN sessions s ON s.id = q.session_id\s""";

    private static final String IS_AWAITED =
            "EXISTS (SELECT 1 FROM input_requests WHERE run_id = :run AND resolved_at IS NULL)";

    private static final String CALL_IS_AWAITED = "EXISTS (SELECT 1 FROM input_requests"
            + " WHERE run_id = :run AND tool_call_id = :call AND resolved_at IS NULL)";

    private final Handle handle;

    InputRows(Handle handle) {
        this.handle = handle;
    }

    void ask(InputRequested asked, OpenSession session, OpenRun run, Envelope entry) {
        int added = handle.createUpdate("""
                        INSERT INTO input_requests (public_id, session_id, run_id, owner, kind, tool_call_id, asked, seq,
                                                    created_at, expires_at)
                        VALUES (:id, :session, :run, :owner, :kind, :call, :asked, :seq, :time, :expires)
                        ON CONFLICT (public_id) DO NOTHING""")
                .bind("id", asked.requestId().value())
                .bind("session", session.key)
                .bind("run", run.key)
                .bind("owner", session.owner.id())
                .bind("kind", asked.kind().wireName())
                .bind("call", asked.toolCallId())
                .bind("asked", EventCodec.payload(asked))
                .bind("seq", entry.seq())
                .bind("time", entry.time().toEpochMilli())
                .bind("expires", asked.expiresAt().toEpochMilli())
                .execute();
        if (added == 0) {
            throw Refusal.inputExists(asked.requestId());
        }
    }

    /// @return the request, as it was
    InputRequest settle(InputSettled settled, OpenSession session, OpenRun run, Envelope entry) {
        InputResolved resolution = settled.resolution();
        InputRequest open = find(resolution.requestId())
                .filter(request -> request.runId().equals(run.id))
                .orElseThrow(() -> Refusal.noInput(resolution.requestId()));
        if (open.resolution() != null) {
            throw Refusal.alreadyResolved(open.resolution());
        }
        PolicyRule rule = settled.rule(session.owner);
        handle.createUpdate("UPDATE input_requests SET resolved_at = :time, resolution = :resolution"
                        + " WHERE public_id = :id")
                .bind("time", entry.time().toEpochMilli())
                .bind("resolution", EventCodec.payload(resolution))
                .bind("id", resolution.requestId().value())
                .execute();
        if (rule != null) {
            add(rule, session.owner, entry);
        }
        return open;
    }

    private void add(PolicyRule rule, Principal owner, Envelope entry) {
        handle.createUpdate("INSERT INTO policy_rules (public_id, owner, rule, created_at)"
                        + " VALUES (:id, :owner, :rule, :time) ON CONFLICT (public_id) DO NOTHING")
                .bind("id", rule.id())
                .bind("owner", owner.id())
                .bind("rule", Json.MAPPER.writeValueAsString(rule))
                .bind("time", entry.time().toEpochMilli())
                .execute();
    }

    Optional<InputRequest> find(InputId id) {
        return handle.createQuery(SELECT + "WHERE q.public_id = :id")
                .bind("id", id.value())
                .map((row, context) -> request(row))
                .findOne();
    }

    /// Whether anything is open that the run waits for.
    boolean isAwaited(OpenRun run) {
        return handle.createQuery("SELECT " + IS_AWAITED)
                .bind("run", run.key)
                .map((row, context) -> row.getBoolean(1))
                .one();
    }

    /// The call awaits somebody as long as a request of it is open.
    void follow(String toolCallId, OpenRun run, Envelope entry) {
        String status = "CASE WHEN " + CALL_IS_AWAITED + " THEN 'awaiting_approval' ELSE 'executing' END";
        handle.createUpdate(
                        "UPDATE agent_tool_calls SET status = " + status
                                + " WHERE run_id = :run AND tool_call_id = :call AND status IN ('awaiting_approval', 'executing')")
                .bind("run", run.key)
                .bind("call", toolCallId)
                .execute();
        handle.createUpdate("UPDATE active_processes SET updated_at = :time, status = " + status
                        + " WHERE run_id = :run AND tool_call_id = :call")
                .bind("time", entry.time().toEpochMilli())
                .bind("run", run.key)
                .bind("call", toolCallId)
                .execute();
    }

    /// A run that waits goes on where nothing it waits for is open. One that was cut off meanwhile does when it
    /// is resumed.
    void goOn(OpenRun run, Envelope entry) {
        handle.createUpdate("UPDATE agent_runs SET status = 'running', under_way_since = :time"
                        + " WHERE id = :run AND status = 'waiting_input' AND NOT " + IS_AWAITED)
                .bind("time", entry.time().toEpochMilli())
                .bind("run", run.key)
                .execute();
    }

    /// @param row of [#SELECT]
    static InputRequest request(ResultSet row) throws SQLException {
        return new InputRequest(
                new SessionId(row.getString("session")),
                new RunId(row.getString("run")),
                new Principal(row.getString("owner")),
                Json.MAPPER.readValue(row.getString("asked"), InputRequested.class),
                row.getLong("seq"),
                Rows.time(row, "created_at"),
                resolution(row.getString("resolution")));
    }

    private static @Nullable InputResolved resolution(@Nullable String json) {
        return json == null ? null : Json.MAPPER.readValue(json, InputResolved.class);
    }
}
