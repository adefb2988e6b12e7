package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Scope;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.InputDecision;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// In every store a run uses up its time while it works, and not while it waits for people.
public abstract class WaitingTimeContract extends StoreContract {
    private final AtomicReference<Instant> now = new AtomicReference<>(Events.SAID_AT);
    private SessionId session;
    private RunId run;
    private final InputRequested asked = Events.asks("call_1");

    /// With nothing in it, and this clock.
    protected abstract Store emptyStore(InstantSource clock) throws Exception;

    @Override
    protected final Store emptyStore() throws Exception {
        return emptyStore(() -> Objects.requireNonNull(now.get()));
    }

    @BeforeEach
    void beginARun() throws Exception {
        session = session();
        run = admit(session, "Write it down");
        store.runs().start(run);
    }

    private void after(int seconds, AgentEvent... events) throws InterruptedException {
        now.updateAndGet(time -> time.plusSeconds(seconds));
        append(session, run, events);
    }

    private Duration spent() {
        return Duration.ofMillis(
                Objects.requireNonNull(store.budgets().balances(run).get(Scope.RUN))
                        .spent()
                        .millis());
    }

    private AgentEvent answer() {
        return Events.resolved(asked.requestId(), InputDecision.APPROVE, "local/laptop");
    }

    @Test
    void standsStillWhileTheRunWaits() throws Exception {
        after(3, Events.decided("call_1", Verdict.ASK), asked);
        assertThat(spent()).isEqualTo(Duration.ofSeconds(3));

        after(1_000, answer());
        after(4, Events.completed("done"));

        assertThat(spent()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void standsStillUntilTheLastAnswer() throws Exception {
        InputRequested second = Events.asks("call_1");
        after(3, Events.decided("call_1", Verdict.ASK), asked);
        after(100, second);
        after(100, answer());
        after(100, Events.resolved(second.requestId(), InputDecision.APPROVE, "local/laptop"));
        after(4, Events.completed("done"));

        assertThat(spent()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void standsStillForARunThatWasCutOffWhileItWaited() throws Exception {
        after(3, Events.decided("call_1", Verdict.ASK), asked);
        after(100, new RunInterrupted("the process ended"));
        store.runs().start(run);
        after(100, new RunResumed(1, 1));
        after(100, answer());
        after(4, Events.completed("done"));

        assertThat(spent()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void standsStillForARunThatIsCancelledWhileItWaits() throws Exception {
        after(3, Events.decided("call_1", Verdict.ASK), asked);
        after(100, Events.cancelled());

        assertThat(spent()).isEqualTo(Duration.ofSeconds(3));
    }
}
