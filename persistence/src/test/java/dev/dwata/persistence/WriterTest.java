package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Events;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of jobs when the database does not take them.
class WriterTest {
    @TempDir
    Path folder;

    private Path database;
    private Handle handle;
    private Writer writer;
    private Readers readers;
    private SqliteLog log;

    @BeforeEach
    void open() throws Exception {
        database = folder.resolve("db.sqlite3");
        SqliteStore.open(database).close();
        Connections connections = new Connections(database);
        handle = connections.openWriter();
        handle.execute("PRAGMA busy_timeout=100");
        LogRows rows = new LogRows(handle);
        Condition condition = new Condition(DatabaseFile.at(database));
        writer = new Writer(handle, () -> new Transaction(handle, rows, InstantSource.system()), condition);
        readers = new Readers(connections::openReader, 2, condition);
        log = new SqliteLog(writer, readers, "test");
    }

    @AfterEach
    void close() {
        writer.close();
        readers.close();
    }

    @Test
    void oneThatFailsDoesNotFailItsNeighbours() throws Exception {
        poison("agent_messages", "content");
        writer.start();
        SessionId session = session();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String message = i % 6 == 0 ? "poison" : "wine";
            calls.add(() -> {
                try {
                    log.admit(Fixtures.admission(session, message));
                    return true;
                } catch (AgentException e) {
                    assertThat(e.error()).isInstanceOf(AgentError.Internal.class);
                    return false;
                }
            });
        }

        List<Boolean> taken = allAtOnce(calls);

        for (int i = 0; i < 60; i++) {
            assertThat(taken.get(i)).as("message %d", i).isEqualTo(i % 6 != 0);
        }
        assertThat(log.read(session, 0, 100).stream().map(Envelope::seq))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void nothingOfARunIsStoredAfterADeltaThatWasNotUntilItsCallerKnows() throws Exception {
        poison("session_log", "payload");
        writer.start();
        SessionId session = session();
        RunId run = log.admit(Fixtures.admission(session, "Hi")).run().id();
        log.append(session, run, Events.token("good"));
        log.append(session, run, Events.token("poison"));

        assertFails(AgentError.Internal.class, () -> {
            log.append(session, run, Events.token("after"));
            log.append(session, run, Events.called("call_1"));
        });
        log.append(session, run, Events.failed());

        assertThat(log.read(session, 0, 100).stream().map(Envelope::event))
                .contains(Events.token("good"))
                .doesNotContain(Events.token("after"), Events.called("call_1"))
                .endsWith(Events.failed());
    }

    @Test // B5
    void aLockedDatabaseIsBusyAndWritesGoOnWhenItIsFree() throws Exception {
        writer.start();
        SessionId session = session();
        RunId run = log.admit(Fixtures.admission(session, "Hi")).run().id();
        try (Connection other = Sql.connect(database)) {
            Sql.run(other, "BEGIN IMMEDIATE");

            assertFails(AgentError.StorageBusy.class, () -> log.append(session, run, Events.called("call_1")));
            assertThat(log.read(session, 0, 10)).hasSize(1);
            Sql.run(other, "COMMIT");
        }
        log.append(session, run, Events.called("call_1"));

        assertThat(log.read(session, 0, 10)).hasSize(2);
    }

    @Test // B1, B2
    void aFullDiskIsSaidAndWritesGoOnWhenThereIsSpace() throws Exception {
        handle.execute("PRAGMA max_page_count="
                + handle.select("PRAGMA page_count").mapTo(Integer.class).one());
        writer.start();
        SessionId session = session();
        String novel = "much ".repeat(20_000);

        assertFails(AgentError.StorageFull.class, () -> log.admit(Fixtures.admission(session, novel)));
        assertThat(log.read(session, 0, 10)).isEmpty();

        writer.call(Safety.UNSTORED, transaction -> transaction.handle.execute("PRAGMA max_page_count=100000"));
        log.admit(Fixtures.admission(session, novel));
        assertThat(log.read(session, 0, 10)).hasSize(1);
    }

    @Test
    void jobsThatWaitedShareACommit() throws Exception {
        List<List<Envelope>> heard = new ArrayList<>();
        CountDownLatch last = new CountDownLatch(1);
        SessionId session = SessionId.create();
        writer.submit(Job.unawaited(
                Safety.COMMITTED,
                null,
                transaction -> transaction.create(session, Principal.LOCAL, NewSession.PLAIN, transaction.now())));
        for (int i = 0; i < 500; i++) {
            log.append(session, null, Events.token(i + " "));
        }
        writer.listen(batch -> {
            heard.add(batch);
            last.countDown();
        });
        writer.start();

        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
        writer.close();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).hasSize(500).isEqualTo(log.read(session, 0, 1000));
    }

    @Test // P1: acknowledged is durable
    void onlyTheCommitOfSomethingToRelyOnWaitsForTheDisk() throws Exception {
        writer.start();
        SessionId session = session();
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RunId run = log.admit(Fixtures.admission(session, "Hi")).run().id();
            levels.add(synchronous());
            log.append(session, run, Events.token("a"));
            writer.call(Safety.COMMITTED, transaction -> transaction.now());
            levels.add(synchronous());
            log.append(session, run, Events.called("call_1"));
            levels.add(synchronous());
            writer.call(Safety.COMMITTED, transaction -> transaction.now());
            log.append(session, run, Events.completed("done"));
            levels.add(synchronous());
        }

        String normal = "1";
        String full = "2";
        assertThat(levels)
                .containsExactly(full, normal, full, full, full, normal, full, full, full, normal, full, full);
    }

    @Test // P1
    void aCommitWaitsForTheDiskWhenOneOfItsManyJobsIsReliedOn() throws Exception {
        writer.start();
        SessionId session = session();
        assertThat(synchronous()).isEqualTo("1");
        CountDownLatch queued = new CountDownLatch(1);
        writer.submit(Job.unawaited(Safety.UNSTORED, null, transaction -> await(queued)));
        log.append(session, null, Events.token("before"));
        writer.submit(Job.unawaited(Safety.SYNCED, null, transaction -> transaction.now()));
        log.append(session, null, Events.token("after"));
        queued.countDown();

        assertThat(synchronous()).isEqualTo("2");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As the writer's connection has it.
    private String synchronous() {
        return writer.call(Safety.UNSTORED, transaction -> {
            try (Statement statement = handle.getConnection().createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA synchronous")) {
                return rows.getString(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whatASessionWasBeforeItWasPurgedDoesNotHoldForTheRestOfACommit() throws Exception {
        SessionId session = SessionId.create();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            writer.submit(Job.unawaited(
                    Safety.COMMITTED,
                    null,
                    transaction -> transaction.create(session, Principal.LOCAL, NewSession.PLAIN, transaction.now())));
            log.append(session, null, Events.token("early"));
            CountDownLatch purging = new CountDownLatch(1);
            Future<?> purged = executor.submit(() -> {
                purging.countDown();
                new SqliteSessions(writer, readers, AttachmentFiles.of(database)).purge(Principal.LOCAL, session);
            });
            assertThat(purging.await(20, TimeUnit.SECONDS)).isTrue();
            awaitQueued(3);
            log.append(session, null, Events.token("late"));
            writer.start();
            purged.get(20, TimeUnit.SECONDS);
        }
        writer.close();

        assertThat(Sql.rows(database, "SELECT count(*) FROM session_log")).containsExactly("0");
        assertThat(Sql.rows(database, "PRAGMA foreign_key_check")).isEmpty();
    }

    private void awaitQueued(int jobs) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (writer.queued() < jobs) {
            assertThat(System.nanoTime()).as("%d jobs are queued in time", jobs).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void closingDoesWhatWasAskedBeforeAndRefusesWhatComesAfter() throws Exception {
        writer.start();
        SessionId session = session();
        for (int i = 0; i < 1000; i++) {
            log.append(session, null, Events.token(i + " "));
        }
        writer.close();

        assertThat(log.headSeq(session)).isEqualTo(1000);
        assertFails(AgentError.Internal.class, () -> log.append(session, null, Events.token("late")));
        writer.close();
    }

    private SessionId session() {
        SessionId id = SessionId.create();
        writer.call(
                Safety.COMMITTED,
                transaction -> transaction.create(id, Principal.LOCAL, NewSession.PLAIN, transaction.now()));
        return id;
    }

    /// From now on a row that speaks of poison cannot be written.
    private void poison(String table, String column) throws Exception {
        Sql.run(
                database,
                "CREATE TRIGGER poison BEFORE INSERT ON " + table + " WHEN new." + column
                        + " LIKE '%poison%' BEGIN SELECT RAISE(ABORT, 'poisoned'); END");
    }

    private static void assertFails(Class<? extends AgentError> why, ThrowingCallable call) {
        assertThatExceptionOfType(AgentException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.error()).isInstanceOf(why));
    }

    private static <T> List<T> allAtOnce(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
