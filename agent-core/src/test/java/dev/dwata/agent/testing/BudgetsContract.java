package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Reservation;
import dev.dwata.agent.store.Reservation.Granted;
import dev.dwata.agent.store.Reservation.Refused;
import dev.dwata.agent.store.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every [dev.dwata.agent.store.Budgets] does. P15, H11
public abstract class BudgetsContract extends StoreContract {
    private static final Amount TURN = new Amount(120, 250_000, 0, 0);

    @ParameterizedTest
    @EnumSource(Scope.class)
    void countsWhatATurnUsesForEveryScope(Scope scope) throws Exception {
        RunId run = admit(session(), "a");
        append(store.runs().find(run).orElseThrow().sessionId(), run, Events.answer(1, "b"), Events.called("c"));

        assertThat(spent(run, scope)).isEqualTo(TURN.plus(Amount.TOOL_CALL));
    }

    @Test
    void aScopeTakesInWhatBelongsToIt() throws Exception {
        SessionId session = session();
        RunId first = exchange(session, "a", "b");
        RunId second = exchange(session, "a", "b");
        RunId elsewhere = exchange(session(), "a", "b");
        SessionId theirs = session(OTHER, NewSession.PLAIN);
        RunId other = store.log()
                .admit(admission(OTHER, theirs, Events.message("a")))
                .run()
                .id();
        append(theirs, other, Events.answer(1, "b"), Events.completed("b"));

        assertThat(spent(first, Scope.RUN).tokens()).isEqualTo(120);
        assertThat(spent(second, Scope.SESSION).tokens()).isEqualTo(240);
        assertThat(spent(elsewhere, Scope.SESSION).tokens()).isEqualTo(120);
        assertThat(spent(elsewhere, Scope.OWNER).tokens()).isEqualTo(360);
        assertThat(spent(elsewhere, Scope.DAY).tokens()).isEqualTo(360);
        assertThat(spent(other, Scope.OWNER).tokens()).isEqualTo(120);
    }

    @Test
    void whatAChildUsesCountsForTheRunAtTheBeginningAndItsSession() throws Exception {
        SessionId session = session();
        RunId root = admit(session, "a");
        SessionId childs = session(OWNER, NewSession.PLAIN.withParent(root));
        RunId child = admit(childs, "b");
        append(childs, child, Events.answer(1, "c"), Events.completed("c"));

        assertThat(store.budgets().balances(child)).isEqualTo(store.budgets().balances(root));
        assertThat(spent(root, Scope.RUN)).isEqualTo(TURN);
        assertThat(spent(root, Scope.SESSION)).isEqualTo(TURN);
    }

    @Test
    void doesNotCountACallThatWasDenied() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        append(session, run, Events.called("c"), Events.denied("c"), Events.called("d"), Events.failed("d"));

        assertThat(spent(run, Scope.RUN).toolCalls()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Measure.class, names = "SECONDS", mode = EnumSource.Mode.EXCLUDE)
    void exactlyTheLimitIsGrantedAndOneMoreIsNot(Measure measure) throws Exception {
        RunId run = admit(session(), "a");
        for (Scope scope : Scope.values()) {
            Ceiling ceiling = new Ceiling(scope, measure, 10);
            assertThat(reserve(run, "", amount(measure, 11), ceiling)).isInstanceOf(Refused.class);
            assertThat(reserve(run, "", amount(measure, 10), ceiling)).isEqualTo(new Granted());
            assertThat(reserve(run, "c", amount(measure, 1), ceiling))
                    .isEqualTo(new Refused(ceiling, new Balance(Amount.NONE, amount(measure, 10))));
            store.budgets().settle(run, "", Amount.NONE);
        }
    }

    private static Amount amount(Measure measure, long counted) {
        return switch (measure) {
            case TOKENS -> new Amount(counted, 0, 0, 0);
            case USD -> new Amount(0, counted, 0, 0);
            case TOOL_CALLS -> new Amount(0, 0, counted, 0);
            case SECONDS -> new Amount(0, 0, 0, counted);
        };
    }

    @Test
    void tellsWhetherARefusalMayPass() throws Exception {
        RunId run = admit(session(), "a");
        RunId other = admit(session(), "b");
        Ceiling ceiling = new Ceiling(Scope.OWNER, Measure.TOKENS, 200);
        Amount wanted = new Amount(100, 0, 0, 0);
        reserve(other, "", new Amount(150, 0, 0, 0), ceiling);

        assertThat(((Refused) reserve(run, "", wanted, ceiling)).mayPass(wanted))
                .isTrue();
        store.budgets().settle(other, "", new Amount(101, 0, 0, 0));
        assertThat(((Refused) reserve(run, "", wanted, ceiling)).mayPass(wanted))
                .isFalse();
    }

    @Test
    void theEntryOfACallSettlesIt() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        Ceiling ceiling = new Ceiling(Scope.RUN, Measure.TOKENS, 10_000);
        reserve(run, "", new Amount(9_000, 1_000_000, 0, 0), ceiling);
        reserve(run, "c", Amount.TOOL_CALL, ceiling);

        append(session, run, Events.answer(1, "b"), Events.called("c"));
        assertThat(store.budgets().balances(run).get(Scope.RUN))
                .isEqualTo(new Balance(TURN.plus(Amount.TOOL_CALL), Amount.NONE));

        reserve(run, "", new Amount(9_000, 1_000_000, 0, 0), ceiling);
        append(session, run, Events.compacted("They talked.", null));
        assertThat(store.budgets().balances(run).get(Scope.RUN))
                .isEqualTo(new Balance(TURN.plus(TURN).plus(Amount.TOOL_CALL), Amount.NONE));
    }

    @Test
    void aModelCallWithoutAnEntryCountsAsSpentWhenTheNextBeginsOrTheRunEnds() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        Ceiling ceiling = new Ceiling(Scope.RUN, Measure.TOKENS, 10_000);
        reserve(run, "", new Amount(100, 7, 0, 0), ceiling);
        reserve(run, "", new Amount(200, 8, 0, 0), ceiling);
        reserve(run, "c", Amount.TOOL_CALL, ceiling);
        assertThat(store.budgets().balances(run).get(Scope.RUN))
                .isEqualTo(new Balance(new Amount(100, 7, 0, 0), new Amount(200, 8, 1, 0)));

        append(session, run, Events.cancelled());

        for (Scope scope : Scope.values()) {
            assertThat(store.budgets().balances(run).get(scope))
                    .isEqualTo(new Balance(new Amount(300, 15, 0, 0), Amount.NONE));
        }
    }

    @Test // 20 children share one dollar
    void manyAtOnceDoNotReserveMoreThanThereIs() throws Exception {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(admit(session(), "a" + i));
        }
        Ceiling dollar = new Ceiling(Scope.OWNER, Measure.USD, 1_000_000);
        List<Future<Reservation>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (RunId run : runs) {
                asked.add(threads.submit(() -> reserve(run, "", new Amount(0, 150_000, 0, 0), dollar)));
            }
        }

        int granted = 0;
        for (Future<Reservation> one : asked) {
            granted += one.get() instanceof Granted ? 1 : 0;
        }
        assertThat(granted).isEqualTo(6);
        assertThat(store.budgets().balances(runs.get(0)).get(Scope.OWNER))
                .isEqualTo(new Balance(Amount.NONE, new Amount(0, 900_000, 0, 0)));
    }

    @Test
    void countsTheTimeForWhichARunWasCarriedOut() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        store.runs().start(run);
        append(session, run, Events.answer(1, "b"), new RunInterrupted("the process ended"));
        long first = spent(run, Scope.RUN).millis();
        append(session, run, new RunResumed(2, 2), Events.completed("b"));

        List<Envelope> log = log(session);
        long started = store.runs().find(run).orElseThrow().startedAt().toEpochMilli();
        assertThat(first).isEqualTo(log.get(1).time().toEpochMilli() - started);
        assertThat(spent(run, Scope.DAY).millis())
                .isEqualTo(first
                        + Duration.between(log.get(3).time(), log.get(4).time()).toMillis());
    }

    @Test
    void theTimeOfARunThatWorksForAnotherLiesWithinThatOnes() throws Exception {
        RunId root = admit(session(), "a");
        SessionId session = session(OWNER, NewSession.PLAIN.withParent(root));
        RunId child = admit(session, "b");
        store.runs().start(child);
        long until = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        append(session, child, Events.completed("b"));

        assertThat(spent(root, Scope.RUN).millis()).isZero();
    }

    @Test
    void knowsNothingOfARunThatIsNotThere() {
        RunId nowhere = RunId.create();
        assertRefused(AgentError.NotFound.class, () -> store.budgets().balances(nowhere));
        assertRefused(
                AgentError.NotFound.class, () -> store.budgets().reserve(nowhere, "", Amount.TOOL_CALL, List.of()));
    }

    private Reservation reserve(RunId run, String call, Amount amount, Ceiling ceiling) {
        return store.budgets().reserve(run, call, amount, List.of(ceiling));
    }

    private Amount spent(RunId run, Scope scope) {
        Map<Scope, Balance> balances = store.budgets().balances(run);
        return balances.get(scope).spent();
    }
}
