package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.ToolCallStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several processes on one database, of which one is killed.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OtherProcessTest {
    @TempDir
    Path folder;

    @Test // A2, A7, C-48
    void everythingPromisedIsThereWithoutAGapAndTheRunsCanBeAdopted() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        Process process = Programs.start(EndlessWriter.class, database);
        Map<SessionId, Integer> promised = new HashMap<>();
        List<RunInfo> adopted;
        try (BufferedReader lines = process.inputReader()) {
            read(lines, promised, 200);
            try (Store store = SqliteStore.open(database)) {
                assertThat(store.runs().adopt(null))
                        .as("runs of a living process")
                        .isEmpty();
            }
            read(lines, promised, 200);
            process.toHandle().destroyForcibly(); // unlike the process itself it leaves the stream open
            readRest(lines, promised);
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(promised).hasSize(EndlessWriter.WRITERS);
        try (Store store = SqliteStore.open(database)) {
            promised.forEach((session, calls) -> assertWhole(store, session, calls));
            adopted = store.runs().adopt(null);
            assertThat(adopted).hasSize(EndlessWriter.WRITERS);
            for (RunInfo run : adopted) {
                assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
                store.log().append(run.sessionId(), run.id(), Events.failed());
            }
        }
        assertThat(Sql.rows(database, "PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void aStoreKeepsItsRunsWhateverAnotherOfItsProcessTries() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        try (Store store = SqliteStore.open(database);
                Store sibling = SqliteStore.open(database)) {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            store.log().admit(Fixtures.admission(session, "Hi"));
            assertThat(sibling.runs().adopt(null)).isEmpty();

            assertThat(adoptElsewhere(database)).isEqualTo("0");
        }
        assertThat(adoptElsewhere(database)).isEqualTo("1");
    }

    @Test // J2
    void whatAKilledProcessHasStartedIsFoundByTheNextAndNotBefore() throws Exception {
        Path database = folder.resolve("db.sqlite3");
        Process process = Programs.start(WaitingParent.class, database);
        try (BufferedReader lines = process.inputReader();
                Store store = SqliteStore.open(database)) {
            assertThat(lines.readLine()).isEqualTo("ready");
            assertThat(store.children().adopt()).isEmpty();

            process.destroyForcibly().waitFor();

            assertThat(store.children().adopt()).containsExactlyInAnyOrder(WaitingParent.BEGUN, WaitingParent.STARTED);
            assertThat(store.children().adopt()).isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String adoptElsewhere(Path database) throws Exception {
        Process process = Programs.start(Adopter.class, database);
        try (BufferedReader lines = process.inputReader()) {
            return lines.readLine();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void assertWhole(Store store, SessionId session, int promisedCalls) {
        List<Envelope> log = store.log().read(session, 0, 1_000_000);
        assertThat(log.stream().map(Envelope::seq))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, log.size()).boxed().toList());
        List<ToolCallInfo> calls = store.sessions().toolCalls(session);
        assertThat(calls).hasSizeGreaterThanOrEqualTo(promisedCalls);
        assertThat(calls.subList(0, promisedCalls)).allMatch(call -> call.status() == ToolCallStatus.COMPLETED);
        assertThat(log.stream().filter(entry -> entry.event().equals(Events.token("word "))))
                .hasSizeGreaterThanOrEqualTo(promisedCalls * 7);
    }

    private static void read(BufferedReader lines, Map<SessionId, Integer> promised, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            take(lines.readLine(), promised);
        }
    }

    /// Printed before the end; the last line may be cut.
    private static void readRest(BufferedReader lines, Map<SessionId, Integer> promised) throws IOException {
        List<String> rest = lines.lines().toList();
        for (int i = 0; i < rest.size() - 1; i++) {
            take(rest.get(i), promised);
        }
    }

    private static void take(String line, Map<SessionId, Integer> promised) {
        String[] words = line.split(" ", 2);
        promised.merge(new SessionId(words[0]), Integer.valueOf(words[1]), Math::max);
    }
}
