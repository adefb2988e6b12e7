package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Store;
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
        Path database = Files.createDirectories(folder.resolve(name)).resolve("db.sqlite3");
        try (InputStream sample = new GZIPInputStream(
                Objects.requireNonNull(UpgradeTest.class.getResourceAsStream("schema-1.sqlite3.gz")))) {
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
    void anUpgradeOfTheFirstSchemaMayBeCutOffAnywhere() throws Exception {
        Path reference = firstSchema("reference");
        SqliteStore.open(reference).close();
        List<String> upgraded = Sql.rows(reference, CONTENTS);
        for (int n = 1; n <= MOST; n++) {
            Path database = firstSchema("halted" + n);
            if (!isHalted(database, n)) {
                assertThat(n).isGreaterThan(8);
                return;
            }
            assertGoesOn(database, 1);
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
