package dev.dwata.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/// The same rows through nothing but the driver.
final class PlainJdbc implements AutoCloseable {
    private static final int PAGE = 1_000;
    private final Connection connection;
    private long seq;

    PlainJdbc(Path database) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
        }
    }

    void createLog() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE session_log (
                      session INTEGER NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL, run INTEGER,
                      type TEXT NOT NULL, payload TEXT NOT NULL, first_seq INTEGER, PRIMARY KEY (session, seq)
                    ) STRICT, WITHOUT ROWID""");
        }
        connection.setAutoCommit(false);
    }

    /// Appends in transactions of `batch` rows, each of which waits for the disk.
    ///
    /// @return how many rows it has appended
    long append(int batch, int seconds, String type, String payload) throws SQLException {
        long start = System.nanoTime();
        long before = seq;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO session_log (session, seq, time, run, type, payload) VALUES (1, ?, ?, 1, ?, ?)")) {
            while (System.nanoTime() - start < seconds * 1_000_000_000L) {
                long now = Instant.now().toEpochMilli();
                for (int i = 0; i < batch; i++) {
                    insert.setLong(1, ++seq);
                    insert.setLong(2, now);
                    insert.setString(3, type);
                    insert.setString(4, payload);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
        }
        return seq - before;
    }

    /// Reads all rows of all sessions by their number, in pages, and every column of them.
    long readAll() throws SQLException {
        long rows = 0;
        long length = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT seq, time, run, type, payload, first_seq FROM session_log
                WHERE session = 1 AND seq > ? ORDER BY seq LIMIT ?""")) {
            long before;
            long after = 0;
            do {
                before = rows;
                select.setLong(1, after);
                select.setInt(2, PAGE);
                try (ResultSet page = select.executeQuery()) {
                    while (page.next()) {
                        after = page.getLong(1);
                        length += page.getLong(2) + page.getLong(3) + page.getLong(6);
                        length += page.getString(4).length() + page.getString(5).length();
                        rows++;
                    }
                }
            } while (rows > before);
        }
        if (length == 0) {
            throw new IllegalStateException("there was nothing to read");
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
