package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Scope;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.BudgetExceeded;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What runs under budgets do, whatever the store. P15, H11
@Timeout(60)
public abstract class BudgetedRunsContract {
    private static final Prices PRICES = new Prices(1, 10);
    private static final TokenUsage THOUSAND = new TokenUsage(10, 990, 0, 0.25);

    protected record Text(String text) {}

    private static final Tool ECHO = Tool.of(
            new ToolSpec.Head("test.echo", "Says a text back.", Effect.PURE, Approval.AUTO),
            Text.class,
            (arguments, context) -> ToolOutcome.success(Map.of("said", arguments.text())));

    private final ScriptedModel script = new ScriptedModel();
    private final List<LocalRuntime> runtimes = new ArrayList<>();

    /// @return the same storage with every call, as seen by another process
    protected abstract Store open() throws Exception;

    @AfterEach
    void everyRequestWasLegalAndRuntimesAreClosed() {
        script.requests().forEach(request -> LegalHistory.check(request.messages()));
        runtimes.forEach(LocalRuntime::close);
    }

    private LocalRuntime runtime(BudgetPolicy budgets) throws Exception {
        return runtime(budgets, PRICES, script, open());
    }

    private LocalRuntime runtime(BudgetPolicy budgets, Prices prices, ModelClient client, Store store, Tool... more) {
        List<Tool> tools = new ArrayList<>(List.of(more));
        tools.add(ECHO);
        LocalRuntime runtime = AgentRuntime.builder()
                .model(new Model("scripted", "script", client, new ModelFacts(null, null, prices, Set.of())))
                .tools(tools)
                .policy(ToolPolicy.allowAll())
                .budgets(budgets)
                .store(store)
                .build();
        runtimes.add(runtime);
        return runtime;
    }

    /// The next step after exactly the limit was used is not made.
    @ParameterizedTest
    @EnumSource(Scope.class)
    void tokensEndTheRunThatNeedsMoreThanThereAre(Scope scope) throws Exception {
        assertStops(scope, Budget.ofTokens(1_000), new BudgetExceeded("", scope.wireName(), "tokens", 1_000, 1_000));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void moneyEndsTheRunThatNeedsMoreThanThereIs(Scope scope) throws Exception {
        assertStops(scope, Budget.ofUsd(0.25), new BudgetExceeded("", scope.wireName(), "usd", 0.25, 0.25));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void toolCallsEndTheRunThatMakesMoreThanItMay(Scope scope) throws Exception {
        assertStops(scope, Budget.ofToolCalls(1), new BudgetExceeded("", scope.wireName(), "toolCalls", 1, 1));
    }

    /// Two turns with a call each in one run, or a run with a call and another: the first uses up the budget.
    private void assertStops(Scope scope, Budget budget, BudgetExceeded expected) throws Exception {
        script.turn(turn -> turn.calls("test.echo", "{\"text\":\"a\"}").uses(THOUSAND));
        boolean inOneRun = scope == Scope.RUN;
        boolean ofTools = expected.measure().equals("toolCalls");
        if (!inOneRun && ofTools) {
            script.says("done");
        }
        script.calls("test.echo", "{\"text\":\"b\"}").says("never said");
        LocalRuntime runtime = runtime(BudgetPolicy.of(scope, budget));
        Session session = runtime.createSession();
        Run first = session.prompt("Use it up.");
        Terminal end = first.await();
        if (!inOneRun && ofTools) {
            assertThat(end).isInstanceOf(RunCompleted.class);
            Session next = scope == Scope.SESSION ? session : runtime.createSession();
            end = next.prompt("And more.").await();
        }

        assertThat(end).isInstanceOfSatisfying(RunFailed.class, failed -> {
            AgentError.BudgetExceeded error = (BudgetExceeded) failed.error();
            assertThat(new BudgetExceeded("", error.scope(), error.measure(), error.limit(), error.spent()))
                    .isEqualTo(expected);
            assertThat(error.message()).contains("used up", "budgets." + error.scope() + "." + error.measure());
        });
        assertThat(script.remaining()).isEqualTo(ofTools ? 1 : 2);
        assertEveryCallIsAnswered(runtime);
    }

    private static void assertEveryCallIsAnswered(LocalRuntime runtime) {
        runtime.sessions(SessionQuery.latest(10)).sessions().forEach(session -> {
            List<AgentEvent> events = events(runtime.session(session.id()));
            long called = events.stream()
                    .filter(AgentEvent.ToolCalled.class::isInstance)
                    .count();
            assertThat(events).filteredOn(ToolReturned.class::isInstance).hasSize((int) called);
        });
    }

    private static List<AgentEvent> events(Session session) {
        List<AgentEvent> events = new ArrayList<>();
        long head = session.info().headSeq();
        try (var stream = session.events(0)) {
            while (events.size() < head) {
                Envelope next = stream.next(Duration.ofSeconds(10));
                assertThat(next).isNotNull();
                if (next.seq() > 0) {
                    events.add(next.event());
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return events;
    }

    @Test
    void aCallThatWasNotRunForLackOfBudgetIsNotCounted() throws Exception {
        script.turn(turn -> turn.calls("test.echo", "{\"text\":\"a\"}")
                .calls("test.echo", "{\"text\":\"b\"}")
                .calls("test.echo", "{\"text\":\"c\"}"));
        Store store = open();
        LocalRuntime runtime = runtime(BudgetPolicy.of(Scope.RUN, Budget.ofToolCalls(1)), PRICES, script, store);
        Session session = runtime.createSession();
        Run run = session.prompt("Three.");
        run.await();

        assertThat(events(session))
                .filteredOn(ToolReturned.class::isInstance)
                .extracting(event -> ((ToolReturned) event).toolCallId() + " "
                        + ((ToolReturned) event).result().path("skipped").asBoolean(false))
                .containsExactlyInAnyOrder("call_1 false", "call_2 true", "call_3 true");
        assertThat(store.budgets().balances(run.id()).get(Scope.RUN).spent().toolCalls())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void timeEndsARunInTheMiddleOfATool(Scope scope) throws Exception {
        Tool endless = Tool.of(
                new ToolSpec.Head("test.endless", "Does not end.", Effect.PURE, Approval.AUTO),
                Text.class,
                (arguments, context) -> {
                    new CountDownLatch(1).await();
                    return ToolOutcome.success(Map.of());
                });
        script.calls("test.endless", "{\"text\":\"a\"}").says("never said");
        BudgetPolicy budgets = BudgetPolicy.of(scope, Budget.ofWallTime(Duration.ofMillis(300)));
        Store store = open();
        LocalRuntime runtime = runtime(budgets, PRICES, script, store, endless);
        Session session = runtime.createSession();
        Run run = session.prompt("Go.");

        assertThat(run.await()).isInstanceOfSatisfying(RunFailed.class, failed -> {
            BudgetExceeded error = (BudgetExceeded) failed.error();
            assertThat(error.scope()).isEqualTo(scope.wireName());
            assertThat(error.measure()).isEqualTo("seconds");
            assertThat(error.limit()).isEqualTo(0.3);
        });
        assertThat(events(session)).filteredOn(ToolReturned.class::isInstance).hasSize(1);
        assertThat(store.budgets().balances(run.id()).get(scope).spent().millis())
                .isBetween(250L, 30_000L);
        if (scope != Scope.RUN) {
            assertThat(session.prompt("Again.").await())
                    .isInstanceOfSatisfying(
                            RunFailed.class,
                            failed -> assertThat(failed.error()).isInstanceOf(BudgetExceeded.class));
        }
    }

    @Test
    void aReplyMayBeAsLongAsTheBudgetAllows() throws Exception {
        script.turn(turn -> turn.says("hello").uses(THOUSAND));
        LocalRuntime runtime = runtime(BudgetPolicy.of(Scope.RUN, Budget.ofTokens(5_000)));

        assertThat(runtime.createSession().prompt("Hi").await()).isInstanceOf(RunCompleted.class);

        assertThat(script.requests().get(0).maxOutputTokens()).isBetween(4_900, 4_999);
    }

    @Test
    void withoutABudgetNothingIsAskedOtherwise() throws Exception {
        script.says("hello");
        runtime(BudgetPolicy.UNLIMITED).createSession().prompt("Hi").await();

        assertThat(script.requests().get(0).maxOutputTokens()).isNull();
    }

    @Test
    void aModelWithoutAPriceIsNotAskedUnderABudgetOfMoneyUnlessItCountsAsFree() throws Exception {
        script.says("hello");
        BudgetPolicy dollar = BudgetPolicy.of(Scope.RUN, Budget.ofUsd(1));

        assertThat(runtime(dollar, null, script, open())
                        .createSession()
                        .prompt("Hi")
                        .await())
                .isInstanceOfSatisfying(
                        RunFailed.class,
                        failed -> assertThat(failed.error().message()).contains("scripted/script", "budgets.unpriced"));
        assertThat(script.requests()).isEmpty();
        assertThat(runtime(dollar.unpricedIsFree(true), null, script, open())
                        .createSession()
                        .prompt("Hi")
                        .await())
                .isInstanceOf(RunCompleted.class);
    }

    @Test
    void aReplyThatDoesNotTellWhatItUsedIsEstimated() throws Exception {
        script.says("hello there");
        Store store = open();
        Run run = runtime(BudgetPolicy.of(Scope.RUN, Budget.ofUsd(1)), PRICES, script, store)
                .createSession()
                .prompt("Hi");
        run.await();

        Amount spent = store.budgets().balances(run.id()).get(Scope.RUN).spent();
        assertThat(spent.tokens()).isPositive();
        assertThat(spent.microUsd()).isPositive();
    }

    @Test
    void aCallThatFailedCountsForWhatItHadSaidAndOneThatSaidNothingForNothing() throws Exception {
        script.fails(new AgentError.ModelRejected("no", 400)).cutsAfter("half an answer");
        Store store = open();
        LocalRuntime runtime = runtime(BudgetPolicy.of(Scope.RUN, Budget.ofTokens(50_000)), PRICES, script, store);
        Run silent = runtime.createSession().prompt("Hi");
        silent.await();
        Run cut = runtime.createSession().prompt("Hi");
        cut.await();

        Balance unused = store.budgets().balances(silent.id()).get(Scope.RUN);
        assertThat(unused.reserved()).isEqualTo(Amount.NONE);
        assertThat(unused.spent().tokens()).isZero();
        assertThat(unused.spent().microUsd()).isZero();
        Balance balance = store.budgets().balances(cut.id()).get(Scope.RUN);
        assertThat(balance.reserved()).isEqualTo(Amount.NONE);
        assertThat(balance.spent().tokens()).isBetween(5L, 1_000L);
    }

    @Test
    void waitsForOthersThatMayUseLessThanTheyHaveSetAside() throws Exception {
        Gate gate = new Gate();
        script.turn(turn -> turn.waits(gate).says("one").uses(THOUSAND))
                .turn(turn -> turn.says("two").uses(THOUSAND));
        LocalRuntime runtime = runtime(BudgetPolicy.of(Scope.OWNER, Budget.ofTokens(18_000)));
        Run first = runtime.createSession().prompt("Hi");
        gate.awaitArrival();
        Run second = runtime.createSession().prompt("Hi");
        gate.open();

        assertThat(first.await()).isInstanceOf(RunCompleted.class);
        assertThat(second.await()).isInstanceOf(RunCompleted.class);
        assertThat(script.requests().get(1).maxOutputTokens()).isGreaterThan(16_000);
    }

    @Test
    void doesNotWaitForOthersForEver() throws Exception {
        Gate gate = new Gate();
        script.turn(turn -> turn.waits(gate).says("one"));
        LocalRuntime runtime =
                runtime(BudgetPolicy.of(Scope.OWNER, Budget.ofTokens(18_000)).patience(Duration.ofMillis(1)));
        Run first = runtime.createSession().prompt("Hi");
        gate.awaitArrival();

        assertThat(runtime.createSession().prompt("Hi").await())
                .isInstanceOfSatisfying(
                        RunFailed.class,
                        failed -> assertThat(failed.error().message()).contains("set aside"));
        gate.open();
        first.await();
    }

    @Test
    void canBeCancelledWhileItWaits() throws Exception {
        Gate gate = new Gate();
        script.turn(turn -> turn.waits(gate).says("one"));
        LocalRuntime runtime = runtime(BudgetPolicy.of(Scope.OWNER, Budget.ofTokens(18_000)));
        Run first = runtime.createSession().prompt("Hi");
        gate.awaitArrival();
        Run second = runtime.createSession().prompt("Hi");
        second.cancel("no longer needed");

        assertThat(second.await()).isInstanceOf(RunCancelled.class);
        gate.open();
        assertThat(first.await()).isInstanceOf(RunCompleted.class);
    }

    @Test // 20 children, one dollar
    void manyChildrenAtOnceDoNotSpendMoreThanTheRunThatMadeThemMay() throws Exception {
        ModelClient greedy = (request, sink) -> {
            TokenUsage all = new TokenUsage(5, request.maxOutputTokens(), 0, null);
            boolean isFirst = request.messages().size() == 1
                    && request.messages().get(0).text().equals("Ask twenty.");
            List<Part> parts = new ArrayList<>();
            for (int i = 0; isFirst && i < 20; i++) {
                parts.add(new Part.ToolCall(
                        "call_" + i,
                        "agent.run",
                        Json.MAPPER.createObjectNode().put("task", "Say a lot, number " + i)));
            }
            return isFirst
                    ? new ModelReply(parts, new TokenUsage(5, 100, 0, 0.001), StopReason.TOOL_USE)
                    : new ModelReply(
                            List.of(new Part.Text("a lot")), all.withCost(PRICES.cost(all)), StopReason.END_TURN);
        };
        Store store = open();
        BudgetPolicy dollar = BudgetPolicy.of(Scope.RUN, Budget.ofUsd(1));
        LocalRuntime runtime = AgentRuntime.builder()
                .model(new Model("scripted", "script", greedy, new ModelFacts(null, null, PRICES, Set.of())))
                .policy(ToolPolicy.allowAll())
                .budgets(dollar)
                .subAgents(1)
                .store(store)
                .build();
        runtimes.add(runtime);
        Run run = runtime.createSession().prompt("Ask twenty.");
        run.await();

        Balance balance = store.budgets().balances(run.id()).get(Scope.RUN);
        assertThat(balance.reserved()).isEqualTo(Amount.NONE);
        assertThat(balance.spent().of(Measure.USD)).isBetween(900_000L, 1_000_000L);
        assertThat(balance.spent().toolCalls()).isEqualTo(20);
    }

    @Test // 20 runs, two processes, one dollar
    void manyRunsAtOnceDoNotSpendMoreThanOneDollar() throws Exception {
        BudgetPolicy dollar = BudgetPolicy.of(Scope.OWNER, Budget.ofUsd(1));
        ModelClient greedy = (request, sink) -> {
            TokenUsage all = new TokenUsage(5, request.maxOutputTokens(), 0, null);
            return new ModelReply(List.of(new Part.Text("a lot")), all.withCost(PRICES.cost(all)), StopReason.END_TURN);
        };
        Store store = open();
        List<LocalRuntime> both =
                List.of(runtime(dollar, PRICES, greedy, store), runtime(dollar, PRICES, greedy, open()));
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(both.get(i % 2).createSession().prompt("Say a lot."));
        }
        int completed = 0;
        for (Run run : runs) {
            Terminal end = run.await();
            completed += end instanceof RunCompleted ? 1 : 0;
            assertThat(end).isInstanceOfAny(RunCompleted.class, RunFailed.class);
            if (end instanceof RunFailed failed) {
                assertThat(failed.error()).isInstanceOf(BudgetExceeded.class);
            }
        }

        Balance balance = store.budgets().balances(runs.get(0).id()).get(Scope.OWNER);
        assertThat(balance.reserved()).isEqualTo(Amount.NONE);
        assertThat(balance.spent().of(Measure.USD)).isBetween(900_000L, 1_000_000L);
        assertThat(completed).isBetween(6, 8);
    }
}
