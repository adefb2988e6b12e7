package dev.dwata.benchmarks;

import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.MessageId;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/// A database with years of sessions in it, made by statements alone: what is measured is how it is read. One
/// session holds a hundredth of all messages, the others have the same number each.
final class Archive {
    /// In more than half of all messages.
    static final String COMMON = "the";

    /// In one of seventy-five.
    static final String OCCASIONAL = "zebra";

    /// In one message.
    static final String RARE = "xylophone";

    private static final int PER_TRANSACTION = 50_000;
    private static final int WORDS = 5_000;
    private static final long BEGIN = 1_700_000_000_000L;

    private final Path database;
    private final int sessions;
    private final int messages;
    private final Random random = new Random(5);
    private int rows;

    /// @param folder where it is made, unless the options name a folder where it is kept
    Archive(Options options, Path folder) throws IOException {
        Path kept = options.archive();
        this.database = (kept == null ? folder : Files.createDirectories(kept)).resolve("dwata.sqlite3");
        this.sessions = options.sessions();
        this.messages = options.messages();
    }

    Path database() {
        return database;
    }

    /// Makes it, if it is not there.
    SqliteStore open(PrintStream out) throws SQLException {
        return Files.exists(database) ? SqliteStore.open(database) : make(out);
    }

    /// The session with the most messages.
    SessionId longest() throws SQLException {
        return session("DESC");
    }

    SessionId shortest() throws SQLException {
        return session("ASC");
    }

    private SessionId session(String order) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT public_id FROM sessions ORDER BY message_count " + order + " LIMIT 1")) {
            found.next();
            return new SessionId(found.getString(1));
        }
    }

    private SqliteStore make(PrintStream out) throws SQLException {
        long begun = System.nanoTime();
        SqliteStore.open(database).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=OFF");
            statement.execute("PRAGMA cache_size=-262144");
            connection.setAutoCommit(false);
            fill(connection);
            connection.commit();
        }
        SqliteStore store = SqliteStore.open(database);
        out.printf(
                "%,d sessions with %,d messages were made in %.0f s%n",
                sessions, messages, (System.nanoTime() - begun) / 1e9);
        return store;
    }

    private void fill(Connection connection) throws SQLException {
        int ofLong = messages / 100;
        int each = Math.max(2, (messages - ofLong) / (sessions - 1));
        try (PreparedStatement session = connection.prepareStatement("""
                        INSERT INTO sessions (public_id, owner, title, is_titled, agent_name, last_message, message_count,
                          created_at, updated_at) VALUES (?, 'local', ?, 1, 'default', ?, ?, ?, ?)""");
                PreparedStatement run = connection.prepareStatement("""
                        INSERT INTO agent_runs (public_id, session_id, owner, instance_id, status, admitted_seq, request,
                          agent_name, created_at, ended_at) VALUES (?, ?, 'local', 'made', 'completed', 1, '{}', 'default', ?, ?)""");
                Inserts inserts = new Inserts(connection)) {
            for (int i = 1; i <= sessions; i++) {
                int count = i == sessions ? ofLong : each;
                session.setString(1, SessionId.create().value());
                session.setString(2, text(4));
                session.setString(3, text(12));
                session.setInt(4, count);
                session.setLong(5, BEGIN + i * 1_000L);
                session.setLong(6, BEGIN + i * 1_000L);
                session.executeUpdate();
                run.setString(1, RunId.create().value());
                run.setInt(2, i);
                run.setLong(3, BEGIN);
                run.setLong(4, BEGIN);
                run.executeUpdate();
                for (int seq = 1; seq <= count; seq++) {
                    inserts.message(i, seq, ++rows == messages / 3 ? RARE : text(6 + random.nextInt(15)));
                    if (rows % PER_TRANSACTION == 0) {
                        connection.commit();
                    }
                }
            }
        }
    }

    /// Words as texts have them: a few everywhere, most of them seldom.
    private String text(int words) {
        StringBuilder text = new StringBuilder(random.nextInt(10) < 6 ? COMMON : "a");
        if (random.nextInt(75) == 0) {
            text.append(' ').append(OCCASIONAL);
        }
        for (int i = 1; i < words; i++) {
            double share = random.nextDouble();
            text.append(" w").append((int) (share * share * share * WORDS));
        }
        return text.toString();
    }

    /// Messages, of which every fourth calls a tool.
    private static final class Inserts implements AutoCloseable {
        private final PreparedStatement message;
        private final PreparedStatement call;
        private long id;

        Inserts(Connection connection) throws SQLException {
            message = connection.prepareStatement("""
                    INSERT INTO agent_messages (id, public_id, session_id, run_id, seq, role, content, parts, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            call = connection.prepareStatement("""
                    INSERT INTO agent_tool_calls (session_id, run_id, message_id, tool_call_id, tool_name, arguments,
                      result, status, created_at, completed_at, execution_time_ms)
                    VALUES (?, ?, ?, ?, 'filesystem.read', '{"path":"a.txt"}', '{"text":"b"}', 'completed', ?, ?, 5)""");
        }

        void message(int session, int seq, String text) throws SQLException {
            boolean calls = seq % 4 == 0;
            message.setLong(1, ++id);
            message.setString(2, MessageId.create().value());
            message.setInt(3, session);
            message.setInt(4, session);
            message.setInt(5, seq);
            message.setString(6, seq % 2 == 1 ? "user" : "assistant");
            message.setString(7, text);
            message.setString(8, calls ? parts("c" + seq, text) : null);
            message.setLong(9, BEGIN + session * 1_000L);
            message.executeUpdate();
            if (calls) {
                call.setInt(1, session);
                call.setInt(2, session);
                call.setLong(3, id);
                call.setString(4, "c" + seq);
                call.setLong(5, BEGIN);
                call.setLong(6, BEGIN);
                call.executeUpdate();
            }
        }

        private static String parts(String call, String text) {
            return "[{\"type\":\"text\",\"text\":\"%s\"},{\"type\":\"tool_call\",\"id\":\"%s\",\"name\":\"filesystem.read\","
                            .formatted(text, call)
                    + "\"arguments\":{\"path\":\"a.txt\"}}]";
        }

        @Override
        public void close() throws SQLException {
            message.close();
            call.close();
        }
    }
}
