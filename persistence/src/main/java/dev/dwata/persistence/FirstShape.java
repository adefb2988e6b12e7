package dev.dwata.persistence;

import dev.dwata.persistence.FirstShapeSession.Call;
import dev.dwata.persistence.FirstShapeSession.Said;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Databases from before there were schema versions: a session was one prompt with one result, numbered; there
/// was no log. What is in them becomes sessions with public ids, runs and logs; times were in seconds.
final class FirstShape {
    private final Handle handle;

    FirstShape(Handle handle) {
        this.handle = handle;
    }

    boolean isThere() {
        return handle.createQuery("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'agent_sessions'")
                .map((row, context) -> true)
                .findOne()
                .isPresent();
    }

    /// Makes room for tables and indexes of the same names.
    void moveAside() {
        for (String index : List.of(
                "idx_agent_messages_session_created", "idx_agent_tool_calls_session", "idx_agent_tool_calls_status")) {
            handle.execute("DROP INDEX IF EXISTS " + index);
        }
        for (String table : List.of("agent_sessions", "agent_messages", "agent_tool_calls")) {
            handle.execute("ALTER TABLE " + table + " RENAME TO first_" + table);
        }
    }

    /// Takes over what was moved aside, and lets go of it.
    void takeIn(Transaction transaction) {
        List<FirstShapeSession> sessions = handle.createQuery("SELECT * FROM first_agent_sessions ORDER BY id")
                .map((row, context) -> session(row))
                .list();
        for (FirstShapeSession session : sessions) {
            session.takeIn(transaction, messages(session.id()), calls(session.id()));
        }
        transaction.flush();
        for (String table : List.of("agent_tool_calls", "agent_messages", "agent_sessions")) {
            handle.execute("DROP TABLE first_" + table);
        }
    }

    private List<Said> messages(long session) {
        return handle.createQuery("SELECT * FROM first_agent_messages WHERE session_id = ? ORDER BY created_at, id")
                .bind(0, session)
                .map((row, context) -> new Said(
                        row.getLong("id"), row.getString("role"), row.getString("content"), time(row, "created_at")))
                .list();
    }

    private List<Call> calls(long session) {
        return handle.createQuery("SELECT * FROM first_agent_tool_calls WHERE session_id = ? ORDER BY created_at, id")
                .bind(0, session)
                .map((row, context) -> new Call(
                        row.getLong("id"),
                        row.getLong("message_id"),
                        row.getString("tool_call_id"),
                        row.getString("tool_name"),
                        row.getString("request"),
                        row.getString("response"),
                        row.getString("status"),
                        time(row, "created_at"),
                        timeOrNull(row, "completed_at"),
                        row.getLong("execution_time_ms"),
                        row.getString("error_details")))
                .list();
    }

    private static FirstShapeSession session(ResultSet row) throws SQLException {
        return new FirstShapeSession(
                row.getLong("id"),
                row.getString("agent_name"),
                row.getString("provider") + "/" + row.getString("model"),
                row.getString("system_prompt"),
                row.getString("user_prompt"),
                row.getString("config"),
                row.getString("status"),
                time(row, "started_at"),
                timeOrNull(row, "ended_at"),
                row.getString("result"),
                row.getString("error"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(column));
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        long seconds = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochSecond(seconds);
    }
}
