package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.ToolCallStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// S0-67, C-02, C-07: databases from before there were schema versions are taken over.
class FirstShapeTest {
    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE IF NOT EXISTS agent_sessions (
              id INTEGER PRIMARY KEY AUTOINCREMENT, agent_name TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,
              system_prompt TEXT, user_prompt TEXT NOT NULL, config TEXT,
              status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'completed', 'failed')),
              started_at INTEGER NOT NULL, ended_at INTEGER, result TEXT, error TEXT)""",
            """
            CREATE TABLE IF NOT EXISTS agent_messages (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              session_id INTEGER NOT NULL REFERENCES agent_sessions (id) ON DELETE CASCADE,
              role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system', 'tool')),
              content TEXT NOT NULL, created_at INTEGER NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS agent_tool_calls (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              session_id INTEGER NOT NULL REFERENCES agent_sessions (id) ON DELETE CASCADE,
              message_id INTEGER REFERENCES agent_messages (id) ON DELETE SET NULL,
              tool_call_id TEXT NOT NULL, tool_name TEXT NOT NULL, request TEXT NOT NULL, response TEXT,
              status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'executing', 'completed', 'failed')),
              created_at INTEGER NOT NULL, completed_at INTEGER, execution_time_ms INTEGER, error_details TEXT)""",
            "CREATE INDEX idx_agent_messages_session_created ON agent_messages (session_id, created_at)",
            "CREATE INDEX idx_agent_tool_calls_session ON agent_tool_calls (session_id)",
            "CREATE INDEX idx_agent_tool_calls_status ON agent_tool_calls (session_id, status)");

    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void makeAnOldDatabase() throws Exception {
        database = folder.resolve("db.sqlite3");
        fill(database);
    }

    static void fill(Path database) throws Exception {
        Sql.run(database, SCHEMA.toArray(String[]::new));
        Sql.run(database, """
                INSERT INTO agent_sessions VALUES
                  (3, 'sales', 'anthropic', 'claude', 'Be brief.', 'What did we sell?', '{"depth":2}', 'completed',
                   1700000000, 1700000009, 'Ten zebras.', NULL),
                  (4, 'sales', 'openai', 'gpt', NULL, 'And before?', 'null', 'failed', 1700000100, 1700000101, NULL, 'no key'),
                  (9, 'plain', 'openai', 'gpt', NULL, 'Hello?', 'not json', 'running', 1700000200, NULL, NULL, NULL)""", """
                INSERT INTO agent_messages VALUES
                  (1, 3, 'user', 'What did we sell?', 1700000001),
                  (2, 3, 'assistant', '', 1700000002),
                  (5, 3, 'assistant', 'Ten zebras.', 1700000008),
                  (6, 9, 'user', 'Hello?', 1700000200)""", """
                INSERT INTO agent_tool_calls VALUES
                  (1, 3, 2, 'toolu_1', 'query', '{"table":"sales"}', '{"rows":10}', 'completed', 1700000003, 1700000004, 41, NULL),
                  (2, 3, NULL, 'toolu_1', 'query', '{}', NULL, 'failed', 1700000005, 1700000006, NULL, 'no such table'),
                  (3, 9, NULL, 'toolu_9', 'query', '{}', NULL, 'executing', 1700000201, NULL, NULL, NULL)""");
    }

    @Test
    void everySessionBecomesOneWithARunAndALog() {
        try (SqliteStore store = SqliteStore.open(database)) {
            List<SessionInfo> sessions = store.sessions()
                    .list(Principal.LOCAL, SessionQuery.latest(10))
                    .sessions();

            assertThat(sessions.stream().map(SessionInfo::title))
                    .containsExactly("Hello?", "And before?", "What did we sell?");
            SessionInfo sold = sessions.get(2);
            assertThat(sold.agentName()).isEqualTo("sales");
            assertThat(sold.model()).isEqualTo("anthropic/claude");
            assertThat(sold.createdAt()).isEqualTo(Instant.ofEpochSecond(1700000000));
            assertThat(sold.lastActivity()).isEqualTo(Instant.ofEpochSecond(1700000008));
            assertThat(sold.lastMessage()).isEqualTo("Ten zebras.");
            assertThat(sold.config()).isEqualTo(Json.MAPPER.readTree("{\"depth\":2}"));
            assertThat(sessions.get(0).config()).isNull();
            assertThat(sessions.get(1).config()).isNull(); // S0-71

            assertThat(store.log().read(sold.id(), 0, 100).stream().map(entry -> EventCodec.name(entry.event())))
                    .containsExactly(
                            "message",
                            "message",
                            "turn",
                            "tool_call",
                            "tool_result",
                            "turn",
                            "tool_call",
                            "tool_result",
                            "turn",
                            "final");
            assertThat(store.log().read(sold.id(), 0, 100).stream().map(entry -> entry.seq()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 10).boxed().toList());
            assertThat(store.sessions().search(Principal.LOCAL, new SessionSearch("ten zeb", null, null, 5)))
                    .singleElement()
                    .returns("«Ten» «zebras».", hit -> hit.snippet());
        }
    }

    @Test
    void runsEndAsTheSessionsDid() {
        try (SqliteStore store = SqliteStore.open(database)) {
            List<RunInfo> runs = store.sessions().list(Principal.LOCAL, SessionQuery.latest(10)).sessions().stream()
                    .map(session -> store.runs().list(session.id(), 10).get(0))
                    .toList();

            assertThat(runs.stream().map(RunInfo::status))
                    .containsExactly(RunStatus.FAILED, RunStatus.FAILED, RunStatus.COMPLETED);
            assertThat(runs.get(0).error().errorCode()).isEqualTo("INTERRUPTED"); // S4-138
            assertThat(runs.get(1).error().message()).isEqualTo("no key");
            assertThat(runs.get(2).startedAt()).isEqualTo(Instant.ofEpochSecond(1700000000));
            assertThat(runs.get(2).endedAt()).isEqualTo(Instant.ofEpochSecond(1700000009));
            assertThat(store.runs().adopt(null)).isEmpty();
        }
    }

    @Test
    void toolCallsKeepTheirResults() {
        try (SqliteStore store = SqliteStore.open(database)) {
            List<SessionInfo> sessions = store.sessions()
                    .list(Principal.LOCAL, SessionQuery.latest(10))
                    .sessions();
            List<ToolCallInfo> calls =
                    store.sessions().toolCalls(sessions.get(2).id());

            assertThat(calls.stream().map(ToolCallInfo::toolCallId)).containsExactly("toolu_1", "toolu_1~2");
            assertThat(calls.get(0).arguments()).isEqualTo(Json.MAPPER.readTree("{\"table\":\"sales\"}"));
            assertThat(calls.get(0).result()).isEqualTo(Json.MAPPER.readTree("{\"success\":true,\"rows\":10}"));
            assertThat(calls.get(0).executionTimeMs()).isEqualTo(41);
            assertThat(calls.get(0).completedAt()).isEqualTo(Instant.ofEpochSecond(1700000004));
            assertThat(calls.get(1).status()).isEqualTo(ToolCallStatus.FAILED);
            assertThat(calls.get(1).error()).isEqualTo("no such table");
            assertThat(store.sessions().toolCalls(sessions.get(0).id()))
                    .singleElement()
                    .returns(ToolCallStatus.CANCELLED, ToolCallInfo::status);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theOldDatabaseStaysBesideTheNew() throws Exception {
        SqliteStore.open(database).close();
        SqliteStore.open(database).close();

        Path copy = folder.resolve("db.sqlite3.schema0");
        assertThat(Sql.rows(copy, "SELECT id, user_prompt FROM agent_sessions"))
                .containsExactly("3|What did we sell?", "4|And before?", "9|Hello?");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(Sql.rows(database, "SELECT name FROM sqlite_schema WHERE name LIKE 'first%'"))
                .isEmpty();
        assertThat(Sql.rows(database, "PRAGMA foreign_key_check")).isEmpty();
    }
}
