package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Memory.Scope;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    @TempDir
    Path folder;

    @Test // S0-68
    @DisabledOnOs(OS.WINDOWS)
    void makesFoldersAndFilesForItsOwnerOnly() throws Exception {
        Path made = folder.resolve("new/folders");
        try (Store store = SqliteStore.open(made.resolve("db.sqlite3"))) {
            exchange(store, session(store));

            assertThat(mode(made)).isEqualTo("rwx------");
            assertThat(mode(made.resolve("instances"))).isEqualTo("rwx------");
            for (String file : new String[] {"db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"}) {
                assertThat(mode(made.resolve(file))).as(file).isEqualTo("rw-------");
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void closesAFileThatOthersCouldRead() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        SqliteStore.open(database).close();
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

        SqliteStore.open(database).close();

        assertThat(mode(database)).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void namesWithSpacesAndSignsAreNoMatter() throws Exception {
        Path database = folder.resolve("with spaces, 100% # of ?ü/db.sqlite3");
        try (Store store = SqliteStore.open(database)) {
            exchange(store, session(store));
        }

        assertThat(database).exists();
        try (Store store = SqliteStore.open(database)) {
            assertThat(store.sessions().search(Principal.LOCAL, new SessionSearch("zebra", null, null, 5)))
                    .hasSize(1);
        }
    }

    @Test
    void saysWhenTheFileCannotBeMade() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> SqliteStore.open(file.resolve("db.sqlite3")))
                .returns(Reason.CANNOT_CREATE, UnusableDataException::reason);
    }

    @Test
    void keepsEverythingWhenItIsClosedAndOpened() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        SessionId session;
        RunId open;
        List<Object> before;
        try (Store store = SqliteStore.open(database)) {
            session = session(store);
            exchange(store, session);
            open = store.log()
                    .admit(Fixtures.admission(session, "And now?"))
                    .run()
                    .id();
            store.log().append(session, open, Events.token("half of a"));
            store.log().append(session, open, Events.called("call_1"));
            store.memory().set(Scope.of(Principal.LOCAL), "city", "Brno");
            before = contents(store, session);
        }
        assertThat(folder.resolve("db.sqlite3-wal")).doesNotExist();

        try (Store store = SqliteStore.open(database)) {
            assertThat(contents(store, session)).isEqualTo(before);
            store.log().append(session, open, Events.cancelled());
            assertThat(store.sessions().messages(session, 1, null).messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.message().text()).isEqualTo("half of a"));
        }
    }

    private static List<Object> contents(Store store, SessionId session) {
        return List.of(
                store.log().read(session, 0, 1000),
                store.sessions().find(Principal.LOCAL, session),
                store.sessions().transcript(session).messages(),
                store.sessions().toolCalls(session),
                store.runs().list(session, 10),
                store.memory().list(Scope.of(Principal.LOCAL), ""));
    }

    @Test // A11
    void knowsARequestAgainAfterItIsOpenedAnew() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        Admission admission;
        try (Store store = SqliteStore.open(database)) {
            admission = Fixtures.admission(session(store), "Hi");
            assertThat(store.log().admit(admission).repeated()).isFalse();
        }
        try (Store store = SqliteStore.open(database)) {
            assertThat(store.log().admit(admission).repeated()).isTrue();
        }
    }

    @Test
    void storesWhatWasAppendedBeforeItWasClosed() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        SessionId session;
        try (Store store = SqliteStore.open(database)) {
            session = session(store);
            RunId run = store.log()
                    .admit(Fixtures.admission(session, "Count."))
                    .run()
                    .id();
            for (int i = 0; i < 5000; i++) {
                store.log().append(session, run, Events.token(i + " "));
            }
        }
        try (Store store = SqliteStore.open(database)) {
            assertThat(store.log().headSeq(session)).isEqualTo(5001);
        }
    }

    @Test
    void twoStoresWriteOneFileAtOnceWithoutAGap() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        try (Store first = SqliteStore.open(database);
                Store second = SqliteStore.open(database)) {
            SessionId session = session(first);
            List<Callable<RunId>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Store store = i % 2 == 0 ? first : second;
                writers.add(() -> {
                    RunId run = store.log()
                            .admit(Fixtures.admission(session, "Count."))
                            .run()
                            .id();
                    for (int n = 0; n < 40; n++) {
                        store.log().append(session, run, Events.token(n + " "));
                    }
                    store.log().append(session, run, Events.completed("done"));
                    return run;
                });
            }
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<RunId> written : executor.invokeAll(writers)) {
                    written.get();
                }
            }

            assertThat(first.log().read(session, 0, 1000).stream().map(Envelope::seq))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 8 * 42).boxed().toList());
            assertThat(second.log().read(session, 0, 1000))
                    .isEqualTo(first.log().read(session, 0, 1000));
        }
    }

    @Test // S4-138
    void adoptsTheRunsOfStoresThatAreGoneAndNoOthers() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        SessionId session;
        RunInfo queued;
        RunInfo running;
        try (Store gone = SqliteStore.open(database)) {
            session = session(gone);
            exchange(gone, session);
            running = gone.log().admit(Fixtures.admission(session, "one")).run();
            queued = gone.log().admit(Fixtures.admission(session, "two")).run();
            gone.runs().start(running.id());
            running = gone.runs().find(running.id()).orElseThrow();
        }
        try (Store alive = SqliteStore.open(database);
                Store adopting = SqliteStore.open(database)) {
            alive.log().admit(Fixtures.admission(session, "three"));

            assertThat(adopting.runs().adopt(null)).containsExactly(running, queued);
            assertThat(adopting.runs().adopt(null)).isEmpty();
            assertThat(alive.runs().adopt(null)).isEmpty();
        }
        assertThat(folder.resolve("instances")).isEmptyDirectory();
    }

    private static SessionId session(Store store) {
        return store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
    }

    private static void exchange(Store store, SessionId session) throws InterruptedException {
        RunId run = store.log()
                .admit(Fixtures.admission(session, "Where is the zebra?"))
                .run()
                .id();
        store.log().append(session, run, Events.answer(1, "In the zoo."));
        store.log().append(session, run, Events.completed("In the zoo."));
    }
}
