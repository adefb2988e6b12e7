package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Backups, and what can be told of a database without a store on it. P20
class MaintenanceTest {
    @TempDir
    Path folder;

    private Path database;
    private Maintenance maintenance;
    private SessionId session;
    private RunId open;

    @BeforeEach
    void fill() throws Exception {
        database = folder.resolve("data/db.sqlite3");
        maintenance = new Maintenance(database);
        try (Store store = SqliteStore.open(database)) {
            session = store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            RunId run = store.log()
                    .admit(Fixtures.admission(session, "Where is the zebra?"))
                    .run()
                    .id();
            store.log().append(session, run, Events.token("In "));
            store.log().append(session, run, Events.answer(1, "In the zoo."));
            store.log().append(session, run, Events.called("call_1"));
            store.log().append(session, run, Events.returned("call_1"));
            store.log().append(session, run, Events.completed("In the zoo."));
            open = store.log()
                    .admit(Fixtures.admission(session, "And the lion?"))
                    .run()
                    .id();
            store.log().append(session, open, Events.token("Half of"));
        }
    }

    @Test // N5
    void aBackupHoldsWhatWasAcknowledgedBeforeItBegan() throws Exception {
        Path busy = folder.resolve("busy/db.sqlite3");
        Path backup = folder.resolve("backup");
        Map<SessionId, Integer> promised = new HashMap<>();
        Process process = Programs.start(EndlessWriter.class, busy);
        BackupManifest manifest;
        try (BufferedReader lines = process.inputReader()) {
            for (int i = 0; i < 100; i++) {
                String[] words = lines.readLine().split(" ", 2);
                promised.merge(new SessionId(words[0]), Integer.valueOf(words[1]), Math::max);
            }
            manifest = new Maintenance(busy).backup(backup, "1.2.3");
            assertThat(lines.readLine()).as("it is written to all the time").isNotNull();
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(maintenance.verify(backup).problems()).isEmpty();
        assertThat(manifest.counts()).isEqualTo(maintenance.verify(backup).counts());
        assertThat(manifest.sha256()).isEqualTo(Digests.of(backup));
        assertThat(manifest.version()).isEqualTo("1.2.3");
        Path restored = folder.resolve("restored/db.sqlite3");
        Files.createDirectories(restored.getParent());
        assertThat(new Maintenance(restored).restore(backup).parked()).isEqualTo(EndlessWriter.WRITERS);
        try (Store store = SqliteStore.open(restored)) {
            promised.forEach(
                    (id, calls) -> assertThat(store.sessions().toolCalls(id)).hasSizeGreaterThanOrEqualTo(calls));
        }
        assertThat(new Maintenance(restored).verify().problems()).isEmpty();
    }

    @Test // N6
    void aBackupReplacesNothing() throws Exception {
        Path taken = Files.writeString(folder.resolve("taken"), "mine");
        Path described = folder.resolve("described");
        Files.writeString(folder.resolve("described.json"), "mine");
        String before = Digests.of(database);

        refused(Reason.CANNOT_CREATE, "exists already", () -> maintenance.backup(taken, "1"));
        refused(Reason.CANNOT_CREATE, "exists already", () -> maintenance.backup(described, "1"));
        refused(Reason.CANNOT_CREATE, "exists already", () -> maintenance.backup(database, "1"));
        refused(Reason.CANNOT_CREATE, "no folder", () -> maintenance.backup(folder.resolve("none/at/all"), "1"));

        assertThat(taken).hasContent("mine");
        assertThat(described).doesNotExist();
        assertThat(Digests.of(database)).isEqualTo(before);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aBackupOfADamagedDatabaseIsNone() throws Exception {
        Damage.overwrite(database, 8192);

        refused(Reason.DAMAGED, "doctor --recover", () -> maintenance.backup(folder.resolve("backup"), "1"));

        assertThat(folder).isDirectoryNotContaining("glob:**backup*");
    }

    @Test // N5
    void whatIsRestoredIsTheSameAndItsOpenRunsWait() throws Exception {
        Path backup = folder.resolve("backup");
        maintenance.backup(backup, "1");
        List<String> before = contents(database);
        Files.move(database, folder.resolve("away"));

        Restored restored = maintenance.restore(backup);

        assertThat(restored).isEqualTo(new Restored(backup, new Counts(1, 2, 8, 4), 1, 0));
        assertThat(contents(database)).containsAll(before);
        assertThat(maintenance.verify().problems()).isEmpty();
        try (Store store = SqliteStore.open(database)) {
            assertThat(store.runs().find(open).map(RunInfo::status)).hasValue(RunStatus.INTERRUPTED);
            assertThat(store.log().read(session, 8, 10))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.event()).isInstanceOf(AgentEvent.RunInterrupted.class));
        }
        assertThat(Sql.rows(database, "SELECT is_parked FROM agent_runs WHERE ended_at IS NULL"))
                .containsExactly("1");
    }

    private static List<String> contents(Path database) throws Exception {
        return Sql.rows(
                database,
                "SELECT seq, type, payload FROM session_log UNION ALL SELECT seq, role, content FROM agent_messages");
    }

    @Test
    void aRestoreReplacesNothing() throws Exception {
        Path backup = folder.resolve("backup");
        maintenance.backup(backup, "1");
        refused(Reason.CANNOT_CREATE, "replaces none", () -> maintenance.restore(backup));
        try (Store store = SqliteStore.open(database)) {
            store.check();
            refused(Reason.IN_USE, "is in use", () -> maintenance.restore(backup));
        }
        Files.delete(database);
        Files.writeString(folder.resolve("data/db.sqlite3-wal"), "left of the other");
        Files.writeString(folder.resolve("letter"), "Dear all, ".repeat(1000));
        refused(Reason.MISSING, "there is no file", () -> maintenance.restore(folder.resolve("none")));
        refused(Reason.DAMAGED, "damaged", () -> maintenance.restore(folder.resolve("letter")));
        Damage.overwrite(backup, 8192);
        refused(Reason.DAMAGED, "manifest", () -> maintenance.restore(backup));
        Files.delete(folder.resolve("backup.json"));
        refused(Reason.DAMAGED, "damaged", () -> maintenance.restore(backup));

        assertThat(database).doesNotExist();
        assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aSoundDatabaseHasNoFaults() {
        assertThat(maintenance.verify())
                .isEqualTo(new Verification(Migrations.LATEST, new Counts(1, 2, 8, 4), 1, List.of(), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DELETE FROM session_log WHERE seq = 2|has no entries 2 to 2",
                "DELETE FROM session_log WHERE seq = 6|is completed and has no last event",
                "UPDATE session_log SET first_seq = 1 WHERE seq = 2|has entry 1 twice",
                "UPDATE session_log SET payload = 'text' WHERE seq = 2|is not JSON",
                "UPDATE session_log SET run = 99 WHERE seq = 2|is of a run that is not there",
                "UPDATE agent_runs SET status = 'failed' WHERE id = 1|its last event is final",
                "UPDATE agent_runs SET status = 'running', ended_at = NULL WHERE id = 1|is running and has a last event",
                "UPDATE session_log SET run = 1 WHERE seq = 8|has entries after its last event",
                "UPDATE agent_tool_calls SET status = 'executing'|is executing, and its run",
                "DELETE FROM agent_messages WHERE seq = 3|has left no message",
                "UPDATE agent_messages SET seq = 99 WHERE seq = 3|is of no entry",
                "UPDATE sessions SET message_count = 7|counts 7 messages and has 3",
                "DELETE FROM agent_tool_calls|has made 1 tool calls and has 0",
                "PRAGMA foreign_keys=OFF; UPDATE agent_messages SET run_id = 99 WHERE seq = 3|refers to nothing in agent_runs",
                "UPDATE agent_messages SET parts = '[{' WHERE seq = 3|cannot be read",
            })
    void aFaultIsFound(String fault, String problem) throws Exception {
        Sql.run(database, fault.split("; "));

        assertThat(maintenance.verify().problems())
                .anySatisfy(line -> assertThat(line).contains(problem));
        assertThat(maintenance.verify().isWhole()).isFalse();
    }

    @Test // B6
    void damageIsFoundAndDoesNotEndTheSearch() throws Exception {
        long page = Long.parseLong(Sql.rows(database, "SELECT rootpage FROM sqlite_schema WHERE name = 'session_log'")
                .get(0));
        Damage.overwrite(database, (page - 1) * 4096);

        assertThat(maintenance.verify().problems()).hasSizeGreaterThan(1);
    }

    private static void refused(Reason reason, String words, ThrowingCallable call) {
        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(call)
                .withMessageContaining(words)
                .returns(reason, UnusableDataException::reason);
    }
}
