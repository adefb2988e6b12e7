package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentException;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that wait for people, in a file: seen and answered by several stores, checked, and recovered. P3
class WaitingRunsTest {
    private final InputRequested asked = Events.asks("call_1");

    @TempDir
    Path folder;

    private Path database;
    private SessionId session;
    private RunId run;

    @BeforeEach
    void waitForSomebody() throws Exception {
        database = folder.resolve("db.sqlite3");
        try (Store store = SqliteStore.open(database)) {
            session = store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            run = store.log()
                    .admit(Fixtures.admission(session, "Write it"))
                    .run()
                    .id();
            store.runs().start(run);
            store.log().append(session, run, Events.answer(1, "I will."));
            store.log().append(session, run, Events.decided("call_1", Verdict.ASK));
            store.log().append(session, run, asked);
        }
    }

    @Test // the compare-and-set holds among processes
    void ofTwoStoresThatAnswerOneWins() throws Exception {
        try (Store one = SqliteStore.open(database);
                Store two = SqliteStore.open(database);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(two.inputs().open(Principal.LOCAL, null))
                    .extracting(InputRequest::asked)
                    .containsExactly(asked);
            CyclicBarrier together = new CyclicBarrier(2);
            List<Future<Boolean>> answers = new ArrayList<>();
            for (Store store : List.of(one, two)) {
                answers.add(threads.submit(() -> {
                    together.await();
                    return wins(store);
                }));
            }
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsOnlyOnce(true);
        }
        assertThat(new Maintenance(database).verify().problems()).isEmpty();
    }

    private boolean wins(Store store) throws InterruptedException {
        try {
            store.log().append(session, run, answer());
            return true;
        } catch (AgentException e) {
            assertThat(e.error()).isInstanceOf(AgentError.AlreadyResolved.class);
            return false;
        }
    }

    private InputResolved answer() {
        PolicyRule rule = new PolicyRule(
                "always-1", PolicyRule.Effect.ALLOW, "filesystem.write", null, null, null, null, null, "local", null);
        return new InputResolved(
                asked.requestId(),
                InputDecision.ALWAYS,
                "local/laptop",
                null,
                null,
                null,
                Json.MAPPER.valueToTree(rule));
    }

    @Test
    void aRunThatDoesNotSayThatItWaitsIsFound() throws Exception {
        assertThat(new Maintenance(database).verify().problems()).isEmpty();

        Sql.run(database, "UPDATE agent_runs SET status = 'running'");

        assertThat(new Maintenance(database).verify().problems())
                .containsExactly("input request " + asked.requestId() + " is open, and its run " + run + " is running");
    }

    @Test
    void aRunThatWaitsForNothingIsFound() throws Exception {
        Sql.run(database, "DELETE FROM input_requests");

        assertThat(new Maintenance(database).verify().problems())
                .containsExactly("run " + run + " waits for input, and none of its input requests is open");
    }

    @Test
    void whatIsAskedIsRecoveredFromTheLog() throws Exception {
        Damage.overwrite(database, 0, 96);

        Recovered recovered = new Maintenance(database).recover().orElseThrow();

        assertThat(recovered.lost()).isEmpty();
        assertThat(recovered.verification().problems()).isEmpty();
        try (Store store = SqliteStore.open(database)) {
            assertThat(store.inputs().open(Principal.LOCAL, session))
                    .extracting(InputRequest::asked)
                    .containsExactly(asked);
            assertThat(store.runs().find(run).map(RunInfo::status)).hasValue(RunStatus.INTERRUPTED);
            store.log().append(session, run, answer());
            assertThat(store.rules().list(Principal.LOCAL)).hasSize(1);
        }
    }

    @Test // the answer that made it is still in the log
    void aRuleThatWasRevokedStaysSoWhenTheDatabaseIsRecovered() throws Exception {
        try (Store store = SqliteStore.open(database)) {
            store.log().append(session, run, answer());
            store.rules().revoke(Principal.LOCAL, "always-1");
        }
        Damage.overwrite(database, 0, 96);

        Recovered recovered = new Maintenance(database).recover().orElseThrow();

        assertThat(recovered.verification().problems()).isEmpty();
        try (Store store = SqliteStore.open(database)) {
            assertThat(store.rules().list(Principal.LOCAL)).isEmpty();
            assertThat(store.inputs().find(asked.requestId()).orElseThrow().resolution())
                    .isEqualTo(answer());
        }
    }
}
