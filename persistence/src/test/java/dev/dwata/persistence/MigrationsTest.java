package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.NewSession;
import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void name() {
        database = folder.resolve("db.sqlite3");
    }

    @Test // S0-63, S0-64
    void makeTheSchemaOnceAndLeaveItAlone() throws Exception {
        SqliteStore.open(database).close();
        List<String> schema = Sql.rows(database, "SELECT name, sql FROM sqlite_schema ORDER BY name");
        List<String> meta = Sql.rows(database, "SELECT * FROM meta");
        SqliteStore.open(database).close();

        assertThat(Sql.rows(database, "SELECT name, sql FROM sqlite_schema ORDER BY name"))
                .isEqualTo(schema);
        assertThat(Sql.rows(database, "SELECT * FROM meta")).isEqualTo(meta).hasSize(1);
        assertThat(Sql.rows(database, "PRAGMA user_version")).containsExactly("5");
        assertThat(Sql.rows(database, "PRAGMA application_id")).containsExactly(String.valueOf(0x64776174));
        assertThat(folder).isDirectoryNotContaining("glob:**.schema*");
    }

    @RepeatedTest(10)
    void runOnceWhenManyOpenTheSameNewFileAtOnce() throws Exception {
        List<Callable<SessionId>> openings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            openings.add(() -> {
                try (SqliteStore store = SqliteStore.open(database)) {
                    return store.sessions()
                            .create(Principal.LOCAL, NewSession.PLAIN)
                            .id();
                }
            });
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            for (Future<SessionId> opened : executor.invokeAll(openings)) {
                opened.get();
            }
        }

        assertThat(Sql.rows(database, "SELECT count(*) FROM sessions")).containsExactly("8");
        assertThat(Sql.rows(database, "SELECT count(*) FROM meta")).containsExactly("1");
    }

    @Test // B10
    void refuseANewerSchemaAndTouchNothing() throws Exception {
        SqliteStore.open(database).close();
        Sql.run(database, "PRAGMA user_version=99");
        byte[] before = Files.readAllBytes(database);

        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> SqliteStore.open(database))
                .withMessageContaining("schema 99")
                .withMessageContaining("up to 5")
                .returns(Reason.NEWER_SCHEMA, UnusableDataException::reason);
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }

    @Test
    void refuseADatabaseOfSomethingElse() throws Exception {
        Sql.run(database, "CREATE TABLE recipes (name TEXT)", "PRAGMA application_id=7");
        byte[] before = Files.readAllBytes(database);

        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> SqliteStore.open(database))
                .withMessageContaining("not a database of dwata")
                .returns(Reason.DAMAGED, UnusableDataException::reason);
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
    }

    @Test // B6
    void refuseWhatIsNoDatabase() throws Exception {
        Files.writeString(database, "This is a letter, and a long one at that. ".repeat(200));

        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> SqliteStore.open(database))
                .withMessageContaining("damaged")
                .returns(Reason.DAMAGED, UnusableDataException::reason);
        assertThat(Files.readString(database)).startsWith("This is a letter");
    }

    @Test
    void areAllOrNothing() throws Exception {
        Sql.run(database, "CREATE TABLE agent_sessions (id INTEGER PRIMARY KEY, agent_name TEXT)");
        Sql.run(database, "INSERT INTO agent_sessions VALUES (1, 'half of a session')");

        assertThatThrownBy(() -> SqliteStore.open(database)).isInstanceOf(RuntimeException.class);

        assertThat(Sql.rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
                .containsExactly("agent_sessions");
        assertThat(Sql.rows(database, "PRAGMA user_version")).containsExactly("0");
    }
}
