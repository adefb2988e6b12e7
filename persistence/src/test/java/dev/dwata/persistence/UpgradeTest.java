package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.Principal;
import dev.dwata.types.RunInfo;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Databases of every earlier schema, upgraded, and cut off while they are. B10
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class UpgradeTest {
    private static final String CONTENTS = """
            SELECT session, seq, type, payload FROM session_log
            UNION ALL SELECT session_id, seq, role, content FROM agent_messages
            UNION ALL SELECT id, admitted_seq, request, owner FROM agent_runs ORDER BY 1, 2, 3, 4""";

    /// How many statements a process does before it is killed, at most: an upgrade has fewer, or the rest is
    /// more of the same.
    private static final int MOST = 40;

    @TempDir
    Path folder;

    /// Made by the version of then: 3 sessions, 5 runs, of which one was cut off in mid-answer.
    private Path firstSchema(String name) throws Exception {
        return sample(1, name);
    }

    /// Made by the version of then: 3 sessions of two owners, 4 runs, of which one is parked and one was cut
    /// off in a tool, merged deltas, and a memory.
    private Path secondSchema(String name) throws Exception {
        return sample(2, name);
    }

    /// Made by the version of then: 3 sessions of two owners, one of them made by a run of another, and 4
    /// runs, of which one was cut off in a tool.
    private Path thirdSchema(String name) throws Exception {
        return sample(3, name);
    }

    /// Made by the version of then: a session of each of two owners and 3 runs, of which one waits for an
    /// approval, an agreement and an audit with hashes, and a pinned fact.
    private Path fourthSchema(String name) throws Exception {
        return sample(4, name);
    }

    private Path sample(int schema, String name) throws Exception {
        Path database = Files.createDirectories(folder.resolve(name)).resolve("db.sqlite3");
        try (InputStream sample = new GZIPInputStream(
                Objects.requireNonNull(UpgradeTest.class.getResourceAsStream("schema-" + schema + ".sqlite3.gz")))) {
            Files.copy(sample, database);
        }
        return database;
    }

    @Test
    void theFirstSchemaIsTakenOverWithEverythingInIt() throws Exception {
        Path database = firstSchema("whole");
        List<String> before = Sql.rows(database, CONTENTS);

        try (Store store = SqliteStore.open(database)) {
            assertThat(store.runs().adopt(null)).extracting(RunInfo::id).hasSize(1);
        }

        assertThat(Sql.rows(database, CONTENTS)).isEqualTo(before);
        Verification found = new Maintenance(database).verify();
        assertThat(found.problems()).isEmpty();
        assertThat(found.schema()).isEqualTo(Migrations.LATEST);
        assertThat(found.counts().sessions()).isEqualTo(3);
        assertThat(found.counts().runs()).isEqualTo(5);
        assertThat(found.openRuns()).isEqualTo(1);
        Path copy = database.resolveSibling("db.sqlite3.schema1");
        assertThat(Sql.rows(copy, CONTENTS)).isEqualTo(before);
        assertThat(Sql.rows(copy, "PRAGMA user_version")).containsExactly("1");
    }

    @Test
    void theSecondSchemaIsTakenOverWithEverythingInIt() throws Exception {
        Path database = secondSchema("whole");
        List<String> before = Sql.rows(database, CONTENTS);

        try (Store store = SqliteStore.open(database)) {
            assertThat(store.runs().adopt(null)).singleElement().satisfies(run -> {
                assertThat(run.rootRunId()).isEqualTo(run.id());
                assertThat(run.parentRunId()).isNull();
                assertThat(run.depth()).isZero();
            });
            assertThat(store.sessions()
                            .list(Principal.LOCAL, SessionQuery.latest(10))
                            .sessions())
                    .hasSize(2)
                    .allSatisfy(session -> assertThat(
                                    store.sessions().transcript(session.id()).summary())
                            .isNull());
            assertThat(store.memory().search(Principal.LOCAL, null, "green", 10))
                    .singleElement()
                    .satisfies(hit -> assertThat(hit.entry().pinned()).isFalse());
        }

        assertThat(Sql.rows(database, CONTENTS)).isEqualTo(before);
        Verification found = new Maintenance(database).verify();
        assertThat(found.problems()).isEmpty();
        assertThat(found.counts().runs()).isEqualTo(4);
        assertThat(found.openRuns()).isEqualTo(2);
        assertThat(Sql.rows(database.resolveSibling("db.sqlite3.schema2"), "PRAGMA user_version"))
                .containsExactly("2");
    }

    @Test
    void theThirdSchemaIsTakenOverWithEverythingInIt() throws Exception {
        Path database = thirdSchema("whole");
        List<String> before = Sql.rows(database, CONTENTS);
        List<String> audit = Sql.rows(
                database,
                "SELECT id, time, owner, session, run, tool_call_id, tool_name, outcome, execution_time_ms FROM audit");

        try (Store store = SqliteStore.open(database)) {
            RunInfo open = store.runs().adopt(null).get(0);
            assertThat(store.processes().list(Principal.LOCAL, null))
                    .singleElement()
                    .satisfies(process -> {
                        assertThat(process.toolCallId()).isEqualTo("call_1");
                        assertThat(process.runId()).isEqualTo(open.id());
                        assertThat(store.processes().find(Principal.LOCAL, process.id()))
                                .hasValue(process);
                    });
            assertThat(store.audit().latest(Principal.LOCAL, 10))
                    .extracting(AuditEntry::what, AuditEntry::principal, AuditEntry::hash)
                    .containsExactly(
                            tuple("failed", "local", null),
                            tuple("rejected", "local", null),
                            tuple("completed", "local", null));
            store.log().append(open.sessionId(), open.id(), Events.returned("call_1"));
            assertThat(store.audit().latest(Principal.LOCAL, 1).get(0).number()).isEqualTo(5);
        }

        assertThat(Sql.rows(database, CONTENTS)).containsAll(before);
        assertThat(Sql.rows(
                        database,
                        "SELECT id, time, owner, session, run, tool_call_id, tool_name, what, execution_time_ms"
                                + " FROM audit WHERE hash IS NULL"))
                .isEqualTo(audit);
        assertThat(new Maintenance(database).verify().problems()).isEmpty();
        assertThat(Sql.rows(database.resolveSibling("db.sqlite3.schema3"), "PRAGMA user_version"))
                .containsExactly("3");
    }

    @Test
    void theFourthSchemaIsTakenOverWithEverythingInIt() throws Exception {
        Path database = fourthSchema("whole");
        List<String> before = Sql.rows(database, CONTENTS);
        String audit = "SELECT id, what, hash FROM audit";
        List<String> audited = Sql.rows(database, audit);

        try (Store store = SqliteStore.open(database)) {
            assertThat(store.runs().adopt(null)).hasSize(1);
            assertThat(store.inputs().open(Principal.LOCAL, null))
                    .singleElement()
                    .satisfies(request -> assertThat(request.asked().toolName()).isEqualTo("note.write"));
            assertThat(store.memory().get(Memory.Scope.of(Principal.LOCAL), "colour"))
                    .hasValueSatisfying(fact -> assertThat(fact.pinned()).isTrue());
        }

        assertThat(Sql.rows(database, CONTENTS)).isEqualTo(before);
        assertThat(Sql.rows(database, audit)).hasSize(5).isEqualTo(audited);
        assertThat(new Maintenance(database).verify().problems()).isEmpty();
        assertThat(Sql.rows(database.resolveSibling("db.sqlite3.schema4"), "PRAGMA user_version"))
                .containsExactly("4");
    }

    @Test
    void whatWasUsedBeforeThereWasALedgerIsEnteredInIt() throws Exception {
        Path database = secondSchema("ledger");
        String day = Sql.rows(database, "SELECT date(max(time) / 1000, 'unixepoch') FROM session_log")
                .get(0);

        SqliteStore.open(database).close();

        assertThat(Sql.rows(database, "SELECT * FROM usage_daily"))
                .containsExactly(
                        "local|" + day + "|offline/offline|3|300|60|180|0|0.75",
                        "somebody@else|" + day + "|offline/offline|1|100|20|60|0|0.25");
        assertThat(Sql.rows(database, "SELECT scope, tokens, micro_usd FROM spending WHERE scope <> 'session'"))
                .containsExactlyInAnyOrder(
                        "day|360|750000",
                        "day|120|250000",
                        "owner|360|750000",
                        "owner|120|250000",
                        "run|120|250000",
                        "run|120|250000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void anUpgradeOfAnEarlierSchemaMayBeCutOffAnywhere(int schema) throws Exception {
        Path reference = sample(schema, "reference");
        SqliteStore.open(reference).close();
        List<String> upgraded = Sql.rows(reference, CONTENTS);
        for (int n = 1; n <= MOST; n++) {
            Path database = sample(schema, "halted" + n);
            if (!isHalted(database, n)) {
                assertThat(n).isGreaterThan(8);
                return;
            }
            assertGoesOn(database, schema);
            assertThat(Sql.rows(database, CONTENTS))
                    .as("after %d statements", n)
                    .isEqualTo(upgraded);
        }
    }

    @Test
    void anUpgradeFromBeforeThereWereSchemasMayBeCutOffAnywhere() throws Exception {
        Path reference = folder.resolve("reference/db.sqlite3");
        Files.createDirectories(reference.getParent());
        FirstShapeTest.fill(reference);
        SqliteStore.open(reference).close();
        String kinds = "SELECT session, seq, type FROM session_log ORDER BY 1, 2";
        for (int n = 2; n <= MOST; n += 3) {
            Path database = folder.resolve("halted" + n + "/db.sqlite3");
            Files.createDirectories(database.getParent());
            FirstShapeTest.fill(database);
            if (!isHalted(database, n)) {
                return;
            }
            assertGoesOn(database, 0);
            assertThat(Sql.rows(database, kinds)).as("after %d statements", n).isEqualTo(Sql.rows(reference, kinds));
        }
    }

    private static boolean isHalted(Path database, int statements) throws Exception {
        int code = Programs.start(HaltingUpgrade.class, database, String.valueOf(statements))
                .waitFor();
        assertThat(code).isIn(0, HaltingUpgrade.HALTED);
        return code == HaltingUpgrade.HALTED;
    }

    /// The next start finishes what was begun, and no half copy passes for a whole one.
    private static void assertGoesOn(Path database, int schema) throws Exception {
        try (Store store = SqliteStore.open(database)) {
            store.check();
        }
        assertThat(new Maintenance(database).verify().problems()).isEmpty();
        Path copy = database.resolveSibling("db.sqlite3.schema" + schema);
        assertThat(Sql.rows(copy, "PRAGMA integrity_check")).containsExactly("ok");
        assertThat(Sql.rows(copy, "PRAGMA user_version")).containsExactly(String.valueOf(schema));
    }
}
