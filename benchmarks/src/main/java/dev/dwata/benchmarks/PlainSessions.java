package dev.dwata.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists sessions through nothing but the driver, with statements that are prepared once.
final class PlainSessions implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement page;
    private final PreparedStatement count;

    PlainSessions(Path database) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        connection.setAutoCommit(false);
        page = connection.prepareStatement("""
                SELECT s.public_id, s.title, s.status, s.agent_name, s.model, s.last_message, s.created_at, s.updated_at,
                  s.message_count, coalesce((SELECT max(seq) FROM session_log WHERE session = s.id), 0) AS head_seq,
                  s.context_type, s.item_id, s.project_id, s.config, s.parent_run
                FROM sessions s WHERE s.owner = ? AND s.parent_run IS NULL AND s.status <> 'archived'
                ORDER BY s.updated_at DESC, s.public_id DESC LIMIT ?""");
        count = connection.prepareStatement(
                "SELECT count(*) FROM sessions s WHERE s.owner = ? AND s.parent_run IS NULL AND s.status <> 'archived'");
    }

    private record Session(List<@Nullable String> texts, long created, long updated, long messages, long head) {}

    /// @return how many are on the page
    int list(int limit) throws SQLException {
        List<Session> sessions = new ArrayList<>();
        page.setString(1, "local");
        page.setInt(2, limit);
        try (ResultSet rows = page.executeQuery()) {
            while (rows.next()) {
                List<@Nullable String> texts = new ArrayList<>();
                for (int column : new int[] {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15}) {
                    texts.add(rows.getString(column));
                }
                sessions.add(new Session(texts, rows.getLong(7), rows.getLong(8), rows.getLong(9), rows.getLong(10)));
            }
        }
        count.setString(1, "local");
        try (ResultSet total = count.executeQuery()) {
            total.next();
            if (total.getLong(1) < sessions.size()) {
                throw new IllegalStateException("fewer sessions in all than on one page");
            }
        }
        connection.commit();
        return sessions.size();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
