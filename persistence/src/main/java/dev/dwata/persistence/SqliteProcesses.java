package dev.dwata.persistence;

import dev.dwata.agent.store.Processes;
import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class SqliteProcesses implements Processes {
    private static final int MOST = 1_000;

    /// In this order: few calls are under way, and many runs are over.
    private static final String SELECT = """
            SELECT p.public_id, s.public_id AS session, r.public_id AS run, p.tool_call_id, p.tool_name, p.status, p.created_at
            FROM active_processes p CROSS JOIN agent_runs r ON r.id = p.run_id CROSS JOIN sessions s ON s.id = r.session_id
            WHERE +r.owner = :owner AND\s""";

    private final Readers readers;

    SqliteProcesses(Readers readers) {
        this.readers = readers;
    }

    @Override
    public List<ProcessInfo> list(Principal owner, @Nullable SessionId session) {
        return readers.read(handle -> handle.createQuery(
                        SELECT + "(:session IS NULL OR s.public_id = :session) ORDER BY p.id LIMIT :most")
                .bind("owner", owner.id())
                .bind("session", session == null ? null : session.value())
                .bind("most", MOST)
                .map((row, context) -> process(row))
                .list());
    }

    @Override
    public Optional<ProcessInfo> find(Principal owner, ProcessId id) {
        return readers.read(handle -> handle.createQuery(SELECT + "p.public_id = :id")
                .bind("owner", owner.id())
                .bind("id", id.value())
                .map((row, context) -> process(row))
                .findOne());
    }

    private static ProcessInfo process(ResultSet row) throws SQLException {
        return new ProcessInfo(
                new ProcessId(row.getString("public_id")),
                new SessionId(row.getString("session")),
                new RunId(row.getString("run")),
                row.getString("tool_call_id"),
                row.getString("tool_name"),
                Rows.status(row),
                Rows.time(row, "created_at"));
    }
}
