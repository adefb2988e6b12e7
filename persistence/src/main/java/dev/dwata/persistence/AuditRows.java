package dev.dwata.persistence;

import dev.dwata.agent.store.AuditChain;
import dev.dwata.agent.store.AuditChain.Line;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes lines of the audit. The latest is looked up once in each transaction: between two of them another
/// process may have written, within one nobody.
final class AuditRows {
    static final String COLUMNS =
            "id, time, session, run, tool_call_id, tool_name, what, rule, policy, digest, principal, reason,"
                    + " execution_time_ms, hash";

    private final Handle handle;
    private boolean known;
    private long number;
    private @Nullable String hash;

    /// For one transaction.
    AuditRows(Handle handle) {
        this.handle = handle;
    }

    void write(Principal owner, Envelope of, Line line) {
        find();
        AuditEntry entry = AuditChain.chained(number + 1, hash, of, line);
        insert(owner, entry);
        number = entry.number();
        hash = entry.hash();
    }

    private void find() {
        if (!known) {
            handle.createQuery("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
                    .map((row, context) -> {
                        number = row.getLong(1);
                        hash = row.getString(2);
                        return true;
                    })
                    .findOne();
            known = true;
        }
    }

    private void insert(Principal owner, AuditEntry entry) {
        handle.createUpdate("""
                        INSERT INTO audit (id, time, owner, session, run, tool_call_id, tool_name, what, rule, policy, digest,
                                           principal, reason, execution_time_ms, hash)
                        VALUES (:id, :time, :owner, :session, :run, :call, :tool, :what, :rule, :policy, :digest,
                                :principal, :reason, :millis, :hash)""")
                .bind("id", entry.number())
                .bind("time", entry.time().toEpochMilli())
                .bind("owner", owner.id())
                .bind("session", entry.sessionId().value())
                .bind("run", entry.runId().value())
                .bind("call", entry.toolCallId())
                .bind("tool", entry.toolName())
                .bind("what", entry.what())
                .bind("rule", entry.rule())
                .bind("policy", entry.policy())
                .bind("digest", entry.digest())
                .bind("principal", entry.principal())
                .bind("reason", entry.reason())
                .bind("millis", entry.executionTimeMs())
                .bind("hash", entry.hash())
                .execute();
    }

    /// @param row of [#COLUMNS]
    static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                Rows.time(row, "time"),
                new SessionId(row.getString("session")),
                new RunId(row.getString("run")),
                row.getString("tool_call_id"),
                row.getString("tool_name"),
                row.getString("what"),
                row.getString("rule"),
                row.getString("policy"),
                row.getString("digest"),
                row.getString("principal"),
                row.getString("reason"),
                row.getObject("execution_time_ms") == null ? null : Long.valueOf(row.getLong("execution_time_ms")),
                row.getString("hash"));
    }
}
