package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.ResumeMode;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.persistence.Beats.Lease;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Message;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runtimes that share a database: whose turn it is, and what happens to who stands still.
@Timeout(120)
class SharedStoreTest {
    static final Lease SHORT = new Lease(Duration.ofSeconds(2), Duration.ofMillis(200));

    @TempDir
    Path folder;

    private Path database;

    @BeforeEach
    void name() {
        database = folder.resolve("db.sqlite3");
    }

    private LocalRuntime runtime(ScriptedModel model) {
        return AgentRuntime.builder()
                .models(model.asModels())
                .store(SqliteStore.open(database, InstantSource.system(), SHORT))
                .build();
    }

    @Test
    void aRunWaitsForOneOfTheSameSessionInAnotherRuntime() throws Exception {
        Gate gate = new Gate();
        ScriptedModel second = new ScriptedModel().says("2");
        try (LocalRuntime here = runtime(
                        new ScriptedModel().turn(turn -> turn.waits(gate).says("1")));
                LocalRuntime there = runtime(second)) {
            Session session = here.createSession();
            Run first = session.prompt("one");
            gate.awaitArrival();

            Run waiting = there.session(session.id()).prompt("two");

            assertThat(waiting.position()).isEqualTo(1);
            assertThat(second.requests()).isEmpty();
            gate.open();
            assertThat(first.await()).isInstanceOf(RunCompleted.class);
            assertThat(waiting.await()).isInstanceOf(RunCompleted.class);
            assertThat(second.requests().getFirst().messages())
                    .extracting(Message::text)
                    .containsExactly("one", "1", "two");
            assertThat(storedBy(there, session.id()))
                    .extracting(entry -> entry.event().getClass().getSimpleName())
                    .containsSubsequence(
                            "MessageReceived", "MessageReceived", "RunCompleted", "TurnCompleted", "RunCompleted");
        }
    }

    @Test
    void aRunOfADeadProcessIsFinishedBeforeTheNextOfItsSession() throws Exception {
        Process process = start();
        RunId left;
        try (BufferedReader lines = process.inputReader()) {
            left = new RunId(lines.readLine());
            awaitTool(left);
        } finally {
            process.destroyForcibly().waitFor();
        }
        ScriptedModel model = new ScriptedModel().says("I will look.").says("two");
        try (LocalRuntime runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(SqliteStore.open(database, InstantSource.system(), SHORT))
                .recoverOnUse()
                .build()) {
            SessionId session = onlySession(runtime);

            assertThat(runtime.session(session).prompt("And now?").await()).isInstanceOf(RunCompleted.class);

            assertThat(model.requests()).hasSize(2);
            assertThat(ends(storedBy(runtime, session))).containsExactly("I will look.", "two");
        }
    }

    /// P3: a process that stands still loses its runs, and what it says when it wakes up is refused
    @Test
    void anOwnerThatStandsStillIsReplacedAndFenced() throws Exception {
        Process process = start();
        try (BufferedReader lines = process.inputReader()) {
            RunId left = new RunId(lines.readLine());
            awaitTool(left);
            signal("STOP", process);
            try (LocalRuntime runtime = runtime(new ScriptedModel().says("Done by the second."))) {
                SessionId session = onlySession(runtime);
                try (EventStream events = runtime.session(session).events(0)) {
                    awaitEnd(events);
                }
                List<Envelope> log = storedBy(runtime, session);
                assertThat(log)
                        .extracting(Envelope::event)
                        .filteredOn(event -> event instanceof ToolReturned)
                        .singleElement()
                        .satisfies(event ->
                                assertThat(((ToolReturned) event).error()).startsWith("outcome unknown"));

                signal("CONT", process);
                process.outputWriter().append('x').flush();

                assertThat(lines.readLine()).isEqualTo("over");
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(storedBy(runtime, session)).isEqualTo(log);
                assertThat(ends(log)).containsExactly("Done by the second.");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// B5, P16
    @Test
    void anOutageCutsARunOffAndItGoesOnWhenTheStorageAnswersAgain() throws Exception {
        Gate gate = new Gate();
        ScriptedModel model = new ScriptedModel()
                .turn(turn -> turn.says("Half").waits(gate).says(" done."))
                .says("Whole.")
                .says("Next.");
        SqliteStore store = SqliteStore.open(
                database, new SqliteStore.Setup(new Connections(database, 100), InstantSource.system()));
        try (LocalRuntime runtime =
                AgentRuntime.builder().models(model.asModels()).store(store).build()) {
            Session session = runtime.createSession();
            Run run = session.prompt("Go.");
            gate.awaitArrival();
            try (Connection other = Sql.connect(database)) {
                Sql.run(other, "BEGIN IMMEDIATE");
                gate.open();
                awaitFailedWrite(store);
                Sql.run(other, "COMMIT");
            }

            assertThat(((RunCompleted) run.await()).content()).isEqualTo("Whole.");

            assertThat(storedBy(runtime, session.id()))
                    .extracting(Envelope::event)
                    .filteredOn(event -> event instanceof RunInterrupted || event instanceof RunResumed)
                    .hasSize(2)
                    .first()
                    .satisfies(event -> assertThat(((RunInterrupted) event).reason())
                            .startsWith("the storage did not take what happened"));
            assertThat(((RunCompleted) session.prompt("Again.").await()).content())
                    .isEqualTo("Next.");
        }
    }

    /// Guarantees: `--resume manual`
    @Test
    void aRunThatIsParkedWaitsForSomebodyAndNobodyWaitsForIt() throws Exception {
        Process process = start();
        RunId left;
        try (BufferedReader lines = process.inputReader()) {
            left = new RunId(lines.readLine());
            awaitTool(left);
        } finally {
            process.destroyForcibly().waitFor();
        }
        ScriptedModel model = new ScriptedModel().says("two").says("one, later");
        try (LocalRuntime runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(SqliteStore.open(database))
                .resume(ResumeMode.MANUAL)
                .build()) {
            SessionId session = onlySession(runtime);
            assertThat(runtime.session(session).prompt("two").await()).isInstanceOf(RunCompleted.class);
            assertThat(ends(storedBy(runtime, session))).containsExactly("two");

            try (EventStream events = runtime.session(session).events(0)) {
                runtime.resume(left);
                awaitEnd(events);
                awaitEnd(events);
            }

            assertThat(ends(storedBy(runtime, session))).containsExactly("two", "one, later");
            assertThat(model.requests().getLast().messages())
                    .extracting(Message::text)
                    .doesNotContain("two");
        }
    }

    private static void awaitEnd(EventStream events) throws InterruptedException {
        Envelope next;
        do {
            next = events.next(Duration.ofSeconds(60));
            assertThat(next).as("an end in time").isNotNull();
        } while (!(next.event() instanceof Terminal));
    }

    private static void awaitFailedWrite(SqliteStore store) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                store.check();
            } catch (AgentException e) {
                return;
            }
            assertThat(System.nanoTime()).as("a write fails in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static List<Envelope> storedBy(LocalRuntime runtime, SessionId session) throws InterruptedException {
        List<Envelope> log = new ArrayList<>();
        try (EventStream events = runtime.session(session).events(0)) {
            while (log.isEmpty() || log.getLast().seq() < events.headSeq()) {
                Envelope next = events.next(Duration.ofSeconds(20));
                assertThat(next).isNotNull();
                log.add(next);
            }
        }
        return log;
    }

    private static List<String> ends(List<Envelope> log) {
        return log.stream()
                .map(Envelope::event)
                .filter(event -> event instanceof Terminal)
                .map(event -> event instanceof RunCompleted done ? done.content() : event.toString())
                .toList();
    }

    private static SessionId onlySession(LocalRuntime runtime) {
        return runtime.sessions(SessionQuery.latest(1)).sessions().getFirst().id();
    }

    /// Waits until the tool of the other process runs.
    private void awaitTool(RunId run) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Sql.rows(database, "SELECT 1 FROM active_processes").isEmpty()) {
            assertThat(System.nanoTime()).as("%s calls its tool in time", run).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FrozenOwner.class.getName(),
                        database.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
