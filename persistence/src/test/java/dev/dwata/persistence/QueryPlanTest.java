package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With 10,000 sessions no list reads them all: what is asked is answered from an index.
class QueryPlanTest {
    @TempDir
    Path folder;

    private Path database;
    private Connections connections;
    private final List<String> asked = new ArrayList<>();
    private Readers readers;

    @BeforeEach
    void fill() throws Exception {
        database = folder.resolve("db.sqlite3");
        SqliteStore.open(database).close();
        Sql.run(database, """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
                INSERT INTO sessions (public_id, owner, title, is_titled, status, agent_name, created_at, updated_at)
                SELECT printf('00000000-0000-7000-8000-%012d', i), 'local', 'number ' || i, 1,
                       iif(i % 10 = 0, 'archived', 'active'), 'default', i, i FROM n""", """
                INSERT INTO agent_messages (public_id, session_id, seq, role, content, created_at)
                SELECT printf('msg_00000000-0000-7000-8000-%012d', id), id, 1, 'user', 'common word ' || id, id FROM sessions""", "ANALYZE");
        connections = new Connections(database);
        readers = new Readers(this::openListening, 1, new Condition(DatabaseFile.at(database)));
    }

    private Handle openListening() {
        Handle handle = connections.openReader();
        handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                asked.add(context.getRenderedSql());
            }
        });
        return handle;
    }

    @AfterEach
    void close() {
        readers.close();
    }

    @Test
    void theListOfSessionsIsReadFromItsIndexInOrder() throws Exception {
        assertThat(plans(sessions -> sessions.list(Principal.LOCAL, new SessionQuery(50, 100, null, null))))
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan)
                        .contains("USING", "idx_sessions_updated_at (owner=?)")
                        .doesNotContain("SCAN s", "TEMP B-TREE"));
    }

    @Test
    void aSearchStartsFromTheWordsAndNeverReadsAllSessions() throws Exception {
        assertThat(plans(sessions ->
                        sessions.search(Principal.LOCAL, new SessionSearch("common wor", Instant.EPOCH, null, 20))))
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .contains("message_words VIRTUAL TABLE INDEX", "title_words VIRTUAL TABLE INDEX")
                        .doesNotContain("SCAN s ", "SCAN m ", "SCAN d"));
    }

    @Test
    void aPageOfMessagesIsReadFromItsIndexInOrder() throws Exception {
        SessionId session = new SessionId("00000000-0000-7000-8000-000000000007");
        assertThat(plans(sessions ->
                        sessions.messages(session, 20, new MessageId("msg_00000000-0000-7000-8000-000000000007"))))
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan).doesNotContain("SCAN m", "SCAN s", "TEMP B-TREE"))
                .anySatisfy(
                        plan -> assertThat(plan).contains("idx_agent_messages_session_seq (session_id=? AND seq<?)"));
    }

    @Test
    void ofACompactedSessionOnlyWhatWasKeptIsRead() throws Exception {
        SessionId session = new SessionId("00000000-0000-7000-8000-000000000007");
        Sql.run(database, """
                UPDATE sessions SET summary = 'It is long.', kept_run_seq = 1, kept_seq = 3,
                  summary_facts = '{"filesRead":[],"filesChanged":[],"openTasks":[]}' WHERE id = 7""");

        assertThat(plans(sessions -> sessions.transcript(session)))
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan).doesNotContain("SCAN"))
                .anySatisfy(plan -> assertThat(plan)
                        .contains(
                                "idx_agent_runs_admitted (session_id=? AND admitted_seq>?)",
                                "idx_agent_runs_admitted (session_id=? AND admitted_seq=?)",
                                "idx_agent_messages_run (run_id=? AND seq>?)",
                                "idx_agent_messages_session_seq (session_id=? AND seq>?)"));
    }

    @Test
    void thePageOfALogIsReadByItsKey() throws Exception {
        new SqliteLog(null, readers, "test").read(new SessionId("00000000-0000-7000-8000-000000000007"), 0, 100);

        assertThat(plansOf(asked))
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .contains("SEARCH session_log USING PRIMARY KEY (session=? AND seq>?)")
                        .doesNotContain("TEMP B-TREE"));
    }

    @Test
    void whatWasUsedIsLookedUpByIndexes() throws Exception {
        SessionId session = new SessionId("00000000-0000-7000-8000-000000000007");

        assertThat(plans(sessions -> sessions.hasUsed(session, List.of("web.fetch"))))
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .contains("idx_agent_tool_calls_used (session_id=? AND tool_name=?)", "idx_agent_runs_root")
                        .doesNotContain("SCAN agent_runs", "SCAN sessions", "SCAN agent_tool_calls"));
    }

    @Test
    void whatIsOpenIsLookedUpAmongWhatIsOpen() throws Exception {
        new SqliteInputs(readers).open(Principal.LOCAL, null);
        new SqliteProcesses(readers).list(Principal.LOCAL, null);
        new SqliteRules(null, readers).list(Principal.LOCAL);

        List<String> plans = plansOf(asked);
        assertThat(plans)
                .hasSize(3)
                .allSatisfy(plan -> assertThat(plan).doesNotContain("SCAN r", "SCAN s", "SCAN q", "SCAN policy_rules"));
        assertThat(plans.get(0)).contains("idx_input_requests_open (owner=?)").doesNotContain("TEMP B-TREE");
        assertThat(plans.get(1)).contains("SCAN p").doesNotContain("TEMP B-TREE");
        assertThat(plans.get(2)).contains("idx_policy_rules_owner (owner=?)").doesNotContain("TEMP B-TREE");
    }

    @Test
    void theAuditIsReadFromItsIndexesInOrder() throws Exception {
        new SqliteAudit(readers).of(Principal.LOCAL, "call_1");
        new SqliteAudit(readers).latest(Principal.LOCAL, 10);

        List<String> plans = plansOf(asked);
        assertThat(plans).hasSize(2).allSatisfy(plan -> assertThat(plan).doesNotContain("SCAN audit", "TEMP B-TREE"));
        assertThat(plans.get(0)).contains("idx_audit_call (tool_call_id=?)");
        assertThat(plans.get(1)).contains("idx_audit_owner (owner=?)");
    }

    @Test
    void factsAreFoundByTheirWordsAndPinnedOnesByTheirIndex() throws Exception {
        SessionId session = new SessionId("00000000-0000-7000-8000-000000000007");
        SqliteMemory memory = new SqliteMemory(null, readers);
        memory.search(Principal.LOCAL, session, "common wor", 20);
        memory.pinned(new Memory.Scope(Principal.LOCAL, session), 100);
        memory.page(Memory.Scope.of(Principal.LOCAL), "a", 100);

        List<String> plans = plansOf(asked);
        assertThat(plans).hasSize(3);
        assertThat(plans.get(0))
                .contains("memory_words VIRTUAL TABLE INDEX", "SEARCH f USING INTEGER PRIMARY KEY (rowid=?)")
                .doesNotContain("SCAN f", "SCAN m ", "SCAN sessions");
        assertThat(plans.get(1))
                .contains("SEARCH memory USING INDEX idx_memory_pinned (owner=? AND <expr>=?)")
                .doesNotContain("TEMP B-TREE", "SCAN");
        assertThat(plans.get(2))
                .contains("SEARCH memory USING INDEX idx_memory_key (owner=? AND <expr>=? AND key>?)")
                .doesNotContain("TEMP B-TREE", "SCAN");
    }

    private List<String> plans(Consumer<SqliteSessions> question) throws Exception {
        question.accept(new SqliteSessions(null, readers, AttachmentFiles.of(database)));
        return plansOf(asked);
    }

    /// Of every SELECT, one text each.
    private List<String> plansOf(List<String> statements) throws Exception {
        List<String> plans = new ArrayList<>();
        for (String sql : statements) {
            if (!sql.equals("BEGIN") && !sql.equals("COMMIT")) {
                plans.add(String.join(
                        "\n", Sql.rows(database, "EXPLAIN QUERY PLAN " + sql.replaceAll(":[a-zA-Z]+", "?"))));
            }
        }
        return plans;
    }
}
