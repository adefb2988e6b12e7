package dev.dwata.persistence;

import org.jdbi.v3.core.Handle;

/// How much a database holds.
public record Counts(long sessions, long runs, long entries, long messages) {

    static Counts of(Handle handle) {
        return new Counts(
                count(handle, "sessions"),
                count(handle, "agent_runs"),
                count(handle, "session_log"),
                count(handle, "agent_messages"));
    }

    /// 0 where there is no such table: before there were schema versions.
    private static long count(Handle handle, String table) {
        boolean exists = handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?")
                        .bind(0, table)
                        .map((row, context) -> row.getInt(1))
                        .one()
                > 0;
        return exists
                ? handle.createQuery("SELECT count(*) FROM " + table)
                        .map((row, context) -> row.getLong(1))
                        .one()
                : 0;
    }
}
