package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that has vanished, was exchanged or is damaged is refused as it is; never is there an empty one
/// in its place. B6, P16
class OpeningTest {
    @TempDir
    Path folder;

    private Path database;
    private Path marker;

    @BeforeEach
    void make() throws Exception {
        database = folder.resolve("db.sqlite3");
        marker = folder.resolve("db.sqlite3.initialized");
        fill(database);
    }

    @Test
    void leavesAMarkerThatNamesTheDatabase() throws Exception {
        assertThat(Files.readString(marker).strip())
                .isEqualTo(Sql.rows(database, "SELECT instance_id FROM meta").get(0));
        Files.delete(marker);

        SqliteStore.open(database).close();

        assertThat(marker).exists();
    }

    @Test // B6
    void isRefusedWhenTheDatabaseIsGone() throws Exception {
        Files.delete(database);

        refused(Reason.MISSING, "is gone", "dwata restore FILE", "dwata doctor --recover", marker.toString());

        Files.delete(marker);
        try (Store store = SqliteStore.open(database)) {
            store.check();
        }
    }

    @Test // B6
    void isRefusedWhenTheDatabaseIsEmpty() throws Exception {
        Files.write(database, new byte[0]);

        refused(Reason.MISSING, "is empty");
    }

    @Test
    void isRefusedWhenOnlyTheWriteAheadLogIsLeft() throws Exception {
        Files.delete(marker);
        Files.delete(database);
        Files.write(folder.resolve("db.sqlite3-wal"), new byte[100]);

        refused(Reason.MISSING, "its write-ahead log is not");
    }

    @Test // B6
    void isRefusedWhenTheDatabaseIsAnother() throws Exception {
        Path other = folder.resolve("other/db.sqlite3");
        fill(other);
        Files.delete(database);
        Files.copy(other, database);

        refused(Reason.MISSING, "is another one");
    }

    @Test
    void isRefusedWhenTheDatabaseHasLostWhatWasInIt() throws Exception {
        Sql.run(database, "DROP TABLE meta");

        refused(Reason.MISSING, "has lost what was in it");
    }

    @Test
    void takesAMarkerThatSaysNothingForOneThatWasCutShort() throws Exception {
        Files.write(marker, new byte[0]);

        SqliteStore.open(database).close();

        assertThat(Files.readString(marker).strip())
                .isEqualTo(Sql.rows(database, "SELECT instance_id FROM meta").get(0));
    }

    @ParameterizedTest // B6
    @ValueSource(longs = {0, 20, 4096, 8192, 40_960})
    void isRefusedWhenAPageIsDamaged(long offset) throws Exception {
        Damage.overwrite(database, offset);

        refused(Reason.DAMAGED, "dwata doctor --recover");
    }

    @Test // B6
    void isRefusedWhenHalfOfTheDatabaseIsMissing() throws Exception {
        Damage.truncate(database, Files.size(database) / 2);

        refused(Reason.DAMAGED, "dwata doctor --recover");
    }

    @Test
    void looksCloselyAfterAStoreThatDidNotClose() throws Exception {
        FileTime closed = Files.getLastModifiedTime(database);
        Damage.overwrite(database, 40_960);
        Files.setLastModifiedTime(database, closed);
        SqliteStore.open(database).close(); // nothing tells of the damage

        Files.setLastModifiedTime(database, closed);
        Files.createFile(folder.resolve("instances/1-1-killed.lock"));

        refused(Reason.DAMAGED, "dwata doctor --recover");
        refused(Reason.DAMAGED, "dwata doctor --recover");
    }

    @Test
    void aStoreThatWasKilledLeavesADatabaseThatOpens() throws Exception {
        kill();

        try (Store store = SqliteStore.open(database)) {
            store.check();
        }

        assertThat(folder.resolve("instances")).isEmptyDirectory();
    }

    @Test // the write-ahead log is part of what somebody will want to look at
    void leavesTheWriteAheadLogOfWhatItRefuses() throws Exception {
        kill();
        assertThat(folder.resolve("db.sqlite3-wal")).isNotEmptyFile();
        Files.writeString(marker, "another\n");

        refused(Reason.MISSING, "is another one");
    }

    private void refused(Reason reason, String... words) throws IOException {
        Map<String, String> before = contents();

        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> SqliteStore.open(database))
                .satisfies(e -> assertThat(e.getMessage()).contains(words).contains(database.toString()))
                .returns(reason, UnusableDataException::reason);

        assertThat(contents()).isEqualTo(before);
    }

    /// What every reader of a database makes anew does not count: the index of its log, and a log with nothing
    /// in it.
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith("-shm") && !(name.endsWith("-wal") && Files.size(file) == 0)) {
                    contents.put(name, HexFormat.of().formatHex(digest(file)));
                }
            }
        }
        return contents;
    }

    private static byte[] digest(Path file) throws IOException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Leaves a database that a process was writing to when it was killed.
    private void kill() throws Exception {
        Process process = Programs.start(EndlessWriter.class, database);
        try (BufferedReader lines = process.inputReader()) {
            for (int i = 0; i < 50; i++) {
                lines.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void fill(Path database) throws Exception {
        try (Store store = SqliteStore.open(database)) {
            for (int i = 0; i < 20; i++) {
                SessionId session = store.sessions()
                        .create(Principal.LOCAL, NewSession.PLAIN)
                        .id();
                RunId run = store.log()
                        .admit(Fixtures.admission(session, "Say much, number " + i))
                        .run()
                        .id();
                store.log().append(session, run, Events.answer(1, "much ".repeat(300)));
                store.log().append(session, run, Events.completed("much"));
            }
        }
    }
}
