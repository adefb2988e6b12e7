package dev.dwata.persistence;

import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The entries that the transaction of the moment appends, written together. It binds to the driver's own
/// batch: most of what is ever written passes here, and Jdbi would spend as much on finding out how to bind a
/// number as SQLite on storing it.
final class LogRows {
    private static final String INSERT =
            "INSERT INTO session_log (session, seq, time, run, type, payload) VALUES (?, ?, ?, ?, ?, ?)";

    private final Handle handle;
    private final List<Row> pending = new ArrayList<>();
    private @Nullable PreparedStatement insert;

    LogRows(Handle handle) {
        this.handle = handle;
    }

    private record Row(long session, @Nullable OpenRun run, Envelope entry, String payload) {}

    /// @param run absent for entries that belong to no run
    void add(OpenSession session, @Nullable OpenRun run, Envelope entry, String payload) {
        pending.add(new Row(session.key, run, entry, payload));
    }

    /// Forgets what a transaction that failed has left.
    void clear() {
        pending.clear();
    }

    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        try {
            if (insert == null) {
                insert = handle.getConnection().prepareStatement(INSERT);
            }
            insert.clearBatch();
            for (Row row : pending) {
                bind(row, insert);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new StorageErrors.Failed(e);
        }
        pending.clear();
    }

    private static void bind(Row row, PreparedStatement statement) throws SQLException {
        statement.setLong(1, row.session);
        statement.setLong(2, row.entry.seq());
        statement.setLong(3, row.entry.time().toEpochMilli());
        if (row.run == null) {
            statement.setNull(4, Types.INTEGER);
        } else {
            statement.setLong(4, row.run.key);
        }
        statement.setString(5, EventCodec.name(row.entry.event()));
        statement.setString(6, row.payload);
    }
}
