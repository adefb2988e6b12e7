package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What becomes of a store that is in use when the storage fails, and when it works again. P16
class FaultsTest {
    /// Writes resume within 10 s of the cause's end.
    private static final long HEALED_SECONDS = 10;

    @TempDir
    Path folder;

    private Path database;
    private Store store;
    private SessionId session;

    @BeforeEach
    void open() throws Exception {
        database = folder.resolve("db.sqlite3");
        store = SqliteStore.open(
                database, new SqliteStore.Setup(new Connections(database, 200), InstantSource.system()));
        session = store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test // B5
    void aLockThatIsHeldTooLongIsSaidAndTheStoreHealsWithoutBeingUsed() throws Exception {
        try (Connection other = Sql.connect(database)) {
            Sql.run(other, "BEGIN EXCLUSIVE");

            assertFails(AgentError.StorageBusy.class, this::admit);
            assertFails(AgentError.StorageBusy.class, store::check);
            assertThat(store.log().read(session, 0, 10)).isEmpty();
            Sql.run(other, "COMMIT");
        }

        healsByItself();
        admit();
        assertThat(store.log().headSeq(session)).isEqualTo(2);
    }

    @Test // B5
    void aShortLockCostsTimeOnly() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                Store patient = SqliteStore.open(database);
                Connection other = Sql.connect(database)) {
            Sql.run(other, "BEGIN EXCLUSIVE");
            Future<Admitted> admitted = executor.submit(() -> patient.log().admit(Fixtures.admission(session, "Hi")));

            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> admitted.get(1, TimeUnit.SECONDS));
            assertThat(patient.log().read(session, 0, 10)).isEmpty();
            Sql.run(other, "COMMIT");

            assertThat(admitted.get(5, TimeUnit.SECONDS).repeated()).isFalse();
            patient.check();
        }
    }

    @Test // B7
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatIsMovedAwayIsNoticedByAnIdleStore() throws Exception {
        Files.move(database, folder.resolve("elsewhere"));

        Soon.becomesTrue("the store notices", 5, () -> !isHealthy());

        Files.move(folder.resolve("elsewhere"), database);
        healsByItself();
    }

    @Test // B7
    @DisabledOnOs(OS.WINDOWS)
    void nothingIsAcknowledgedThatIsWrittenToAFileWithoutItsName() throws Exception {
        admit();
        Files.move(database, folder.resolve("elsewhere"));

        assertFails(AgentError.Internal.class, this::admit);
        assertFails(AgentError.Internal.class, this::admit);
        assertFails(AgentError.Internal.class, store::check);
        assertThat(store.log().read(session, 0, 10)).isNotEmpty();
        assertThat(database).doesNotExist();

        Files.move(folder.resolve("elsewhere"), database);
        admit();
        store.check();
    }

    @Test // B7
    @DisabledOnOs(OS.WINDOWS)
    void anotherFileInItsPlaceIsNeitherReadNorWritten() throws Exception {
        Path other = folder.resolve("other/db.sqlite3");
        SqliteStore.open(other).close();
        byte[] before = Files.readAllBytes(other);
        Files.move(database, folder.resolve("elsewhere"));
        Files.move(other, database);

        assertFails(AgentError.Internal.class, this::admit);
        assertThat(store.sessions().find(Principal.LOCAL, session)).isPresent();
        assertThat(Files.readAllBytes(database)).isEqualTo(before);

        Files.move(folder.resolve("elsewhere"), database, StandardCopyOption.REPLACE_EXISTING);
        admit();
    }

    @ParameterizedTest // B4
    @EnumSource(names = {"SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC", "SQLITE_CORRUPT", "SQLITE_NOTADB"})
    void afterSomethingThatCannotBeMadeGoodNothingIsWrittenAnyMore(SQLiteErrorCode code) throws Exception {
        Connections connections = new Connections(database);
        Handle handle = connections.openWriter();
        LogRows rows = new LogRows(handle);
        Condition condition = new Condition(DatabaseFile.at(database));
        Writer writer = new Writer(handle, () -> new Transaction(handle, rows, InstantSource.system()), condition);
        writer.start();
        try {
            assertFails(
                    AgentError.Internal.class,
                    () -> writer.call(Safety.SYNCED, transaction -> {
                        throw new StorageErrors.Failed(new SQLiteException("made up", code));
                    }));

            assertThatExceptionOfType(AgentException.class)
                    .isThrownBy(() -> writer.call(Safety.SYNCED, transaction -> transaction.now()))
                    .withMessageContaining(code.name())
                    .withMessageContaining("nothing more is written");
            assertThat(condition.problem()).isInstanceOf(AgentError.Internal.class);
            condition.worked();
            assertThat(condition.problem()).isNotNull();
            assertThat(writer.<Boolean>call(Safety.UNSTORED, transaction -> true))
                    .isTrue();
        } finally {
            writer.close();
        }
    }

    @ParameterizedTest // B1, B2
    @EnumSource(
            names = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_READONLY", "SQLITE_CANTOPEN"})
    void afterAWriteThatFailedTheNextOneIsTried(SQLiteErrorCode code) throws Exception {
        Connections connections = new Connections(database);
        Handle handle = connections.openWriter();
        LogRows rows = new LogRows(handle);
        Condition condition = new Condition(DatabaseFile.at(database));
        Writer writer = new Writer(handle, () -> new Transaction(handle, rows, InstantSource.system()), condition);
        writer.start();
        try {
            Class<? extends AgentError> why =
                    code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE
                            ? AgentError.StorageFull.class
                            : AgentError.Internal.class;
            assertFails(
                    why,
                    () -> writer.call(Safety.SYNCED, transaction -> {
                        throw new StorageErrors.Failed(new SQLiteException("made up", code));
                    }));
            writer.call(Safety.SYNCED, transaction -> transaction.now());
            assertThat(condition.problem()).isNull();
        } finally {
            writer.close();
        }
    }

    private void admit() throws InterruptedException {
        store.log().admit(Fixtures.admission(session, "Hi"));
    }

    private boolean isHealthy() {
        try {
            store.check();
            return true;
        } catch (AgentException e) {
            return false;
        }
    }

    private void healsByItself() throws Exception {
        Soon.becomesTrue("the store heals", HEALED_SECONDS, this::isHealthy);
        assertThatNoException().isThrownBy(() -> store.log().append(session, null, Events.token("again")));
    }

    private static void assertFails(Class<? extends AgentError> why, ThrowingCallable call) {
        assertThatExceptionOfType(AgentException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.error()).isInstanceOf(why));
    }
}
