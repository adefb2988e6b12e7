package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.process.RunningTools.Wait;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// S4-156
class LocalProcessesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(now::get);
    private final LocalProcesses processes =
            new LocalProcesses(store, new RunningCalls(), Redaction.byShape(), now::get);

    private SessionId session() {
        return store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
    }

    private void pass(long millis) {
        now.updateAndGet(time -> time.plusMillis(millis));
    }

    private RunInfo admit(SessionId session) throws InterruptedException {
        Admission admission = Admissions.of(Principal.LOCAL, session, null, "default", null, Prompt.of("Hello."));
        return store.log().admit(admission).run();
    }

    private RunInfo start(SessionId session) throws InterruptedException {
        RunInfo run = admit(session);
        assertThat(store.runs().start(run.id())).isPresent();
        return run;
    }

    private void took(SessionId session, long millis) throws InterruptedException {
        RunInfo run = start(session);
        pass(millis);
        store.log()
                .append(
                        session,
                        run.id(),
                        new RunCompleted(MessageId.create(), "Hi.", 0, TokenUsage.ZERO, StopReason.END_TURN, 1));
    }

    private Wait wait(SessionId session) {
        return processes.waitTime(Principal.LOCAL, session);
    }

    @Test
    void addsWhatIsLeftOfTheActiveRunAndThoseThatWait() throws Exception {
        SessionId session = session();
        took(session, 1_000);
        took(session, 3_000);
        assertThat(wait(session)).isEqualTo(new Wait(null, null, 0, 0L, 2, 2_000L));
        RunInfo active = start(session);
        pass(500);
        admit(session);

        assertThat(wait(session)).isEqualTo(new Wait(active.id(), 500L, 1, 3_500L, 2, 2_000L));
        pass(10_000);
        assertThat(wait(session)).isEqualTo(new Wait(active.id(), 10_500L, 1, 2_000L, 2, 2_000L));
    }

    @Test
    void takesOtherSessionsWhereThisOneHasNoneAndNothingWhereThereIsNone() throws Exception {
        SessionId session = session();
        RunInfo active = start(session);
        assertThat(wait(session)).isEqualTo(new Wait(active.id(), 0L, 0, null, 0, null));
        took(session(), 4_000);

        assertThat(wait(session)).isEqualTo(new Wait(active.id(), 4_000L, 0, 0L, 1, 4_000L));
        assertThat(wait(session())).isEqualTo(new Wait(null, null, 0, 0L, 1, 4_000L));
        assertThatThrownBy(() -> wait(SessionId.create())).hasMessageContaining("there is no session");
    }
}
