package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the schema itself holds to, whoever writes.
class SchemaTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void makeASessionWithAToolCall() throws Exception {
        database = folder.resolve("db.sqlite3");
        try (SqliteStore store = SqliteStore.open(database)) {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            RunId run = store.log()
                    .admit(Fixtures.admission(session, "Where is the zebra?"))
                    .run()
                    .id();
            store.log().append(session, run, Events.answer(1, "Let me look."));
            store.log().append(session, run, Events.called("call_1"));
            store.log().append(session, run, Events.returned("call_1"));
            store.log().append(session, run, Events.called("call_2"));
        }
    }

    @ParameterizedTest // S0-38, S0-45, S0-55, S4-127, S4-129: every vocabulary is checked
    @ValueSource(
            strings = {
                "UPDATE sessions SET status = 'running'",
                "UPDATE agent_messages SET role = 'robot'",
                "UPDATE agent_tool_calls SET status = 'done'",
                "UPDATE agent_runs SET status = 'accepted'",
                "UPDATE agent_runs SET status = 'completed'",
                "UPDATE agent_runs SET ended_at = 1",
                "UPDATE active_processes SET status = 'completed'",
                "UPDATE active_processes SET progress = 1.5",
                "UPDATE audit SET what = 'executing'",
                "INSERT INTO memory (owner, key, value, created_at, updated_at, pinned) VALUES ('o', 'k', 'v', 0, 0, 2)",
                "UPDATE sessions SET config = 'no json'",
                "UPDATE session_log SET seq = 0 WHERE seq = 1",
                "UPDATE agent_messages SET content = NULL",
                "INSERT INTO meta (only_row, instance_id, created_at) VALUES (2, 'x', 0)",
                "INSERT INTO session_log (session, seq, time, type, payload) VALUES (999, 1, 0, 'token', '{}')",
                "INSERT INTO agent_messages (public_id, session_id, seq, role, content, created_at)"
                        + " VALUES ('m', 999, 1, 'user', '', 0)",
                "INSERT INTO session_log SELECT * FROM session_log",
                "UPDATE agent_runs SET created_at = 'yesterday'"
            })
    void refusesWhatCannotBe(String statement) {
        assertThatThrownBy(() -> Sql.run(database, statement))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(constraint failed|cannot store TEXT).*");
    }

    @Test // S0-44, S0-49, S0-65
    void deletingASessionRemovesEverythingInItButTheAudit() throws Exception {
        Sql.run(database, "DELETE FROM sessions");

        for (String table : new String[] {
            "session_log", "agent_messages", "agent_tool_calls", "agent_runs", "active_processes", "idempotency"
        }) {
            assertThat(Sql.rows(database, "SELECT count(*) FROM " + table))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(Sql.rows(database, "SELECT count(*) FROM message_words WHERE message_words MATCH 'zebra'"))
                .containsExactly("0");
        assertThat(Sql.rows(database, "SELECT owner, tool_name, what, execution_time_ms FROM audit"))
                .containsExactly("local|filesystem.read|completed|12"); // S4-136
    }

    @Test // S0-50, S0-65
    void deletingAMessageLeavesItsToolCall() throws Exception {
        Sql.run(database, "DELETE FROM agent_messages WHERE role = 'assistant'");

        assertThat(Sql.rows(database, "SELECT tool_call_id, message_id FROM agent_tool_calls ORDER BY id"))
                .containsExactly("call_1|null", "call_2|null");
    }

    @Test // S0-60 .. S0-62, S4-130, S4-131
    void hasTheNamedIndexes() throws Exception {
        assertThat(Sql.rows(database, """
                        SELECT i.name || ' ON ' || i.tbl_name || ' (' ||
                          (SELECT group_concat(name, ', ') FROM pragma_index_info(i.name)) || ')'
                        FROM sqlite_schema i WHERE i.type = 'index' AND i.sql IS NOT NULL"""))
                .contains(
                        "idx_agent_messages_session_created ON agent_messages (session_id, created_at)",
                        "idx_agent_tool_calls_session ON agent_tool_calls (session_id)",
                        "idx_agent_tool_calls_status ON agent_tool_calls (session_id, status)",
                        "idx_sessions_updated_at ON sessions (owner, updated_at, public_id, status, parent_run)",
                        "idx_agent_runs_session ON agent_runs (session_id)");
    }

    @Test // S0-31, S0-43
    void neverUsesANumberAgain() throws Exception {
        String highest = Sql.rows(database, "SELECT max(id) FROM sessions").get(0);
        Sql.run(database, "DELETE FROM sessions");
        try (SqliteStore store = SqliteStore.open(database)) {
            store.sessions().create(Principal.LOCAL, NewSession.PLAIN);
        }

        assertThat(Sql.rows(database, "SELECT id > " + highest + " FROM sessions"))
                .containsExactly("1");
    }

    @Test // S4-129
    void knowsTheToolsThatAreRunning() throws Exception {
        assertThat(Sql.rows(database, "SELECT tool_call_id, tool_name, status FROM active_processes"))
                .containsExactly("call_2|filesystem.read|executing");
    }

    @Test
    void isSound() throws Exception {
        assertThat(Sql.rows(database, "PRAGMA integrity_check")).containsExactly("ok");
        assertThat(Sql.rows(database, "PRAGMA foreign_key_check")).isEmpty();
        assertThat(Sql.rows(database, "PRAGMA journal_mode")).containsExactly("wal");
        try (Connection connection = Sql.connect(database)) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isGreaterThanOrEqualTo("3.51.3");
        }
    }
}
