package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Scope;
import dev.dwata.agent.testing.CrashSimulation;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.Effect;
import dev.dwata.types.EventCodec;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls that somebody has to agree to, questions, and what happens to both when a process ends.
@Timeout(60)
class ConsentTest {
    private final List<String> paid = new ArrayList<>();
    private final AtomicReference<String> fact = new AtomicReference<>("1");
    private final InMemoryStore store = new InMemoryStore();
    private final Map<RunId, Iterator<AgentEvent>> iterators = new HashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    private record To(String to) {}

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private Tool pay() {
        return Tool.of(
                new ToolSpec.Head("test.pay", "Pays.", Effect.ONCE, Approval.CONFIRM),
                To.class,
                (arguments, context) -> CallReview.PLAIN.withBound(Map.of("account", fact.get())),
                (arguments, context) -> {
                    synchronized (paid) {
                        paid.add(arguments.to());
                    }
                    return ToolOutcome.success(Map.of("paid", arguments.to()));
                });
    }

    private static ScriptedModel model() {
        return new ScriptedModel().calls("test.pay", "{\"to\":\"Ada\"}").says("Done.");
    }

    private LocalRuntime runtime(ScriptedModel model, Duration patience) {
        LocalRuntime runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(store)
                .policy(ToolPolicy.asking())
                .approvalsWithin(patience)
                .tools(List.of(pay(), AskUserTool.create()))
                .build();
        opened.add(runtime);
        return runtime;
    }

    private LocalRuntime runtime() {
        return runtime(model(), Duration.ofMinutes(10));
    }

    /// Lets the run come to what it waits for.
    private InputRequested awaitRequest(Run run) {
        return await(run, InputRequested.class);
    }

    private <E extends AgentEvent> E await(Run run, Class<E> type) {
        Iterator<AgentEvent> events = iterators.computeIfAbsent(run.id(), id -> run.iterator());
        while (events.hasNext()) {
            AgentEvent next = events.next();
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
        throw new AssertionError("there was no " + type);
    }

    private AgentEvent.Terminal end(Run run) {
        return await(run, AgentEvent.Terminal.class);
    }

    private List<String> names(Run run) {
        return store.log().read(run.sessionId(), 0, 100).stream()
                .map(entry -> EventCodec.name(entry.event()))
                .filter(name -> !name.equals("token"))
                .toList();
    }

    @Test
    void waitsUntilSomebodyAgrees_P12() throws Exception {
        LocalRuntime runtime = runtime();
        try (Run run = runtime.createSession().prompt("Pay Ada.")) {
            InputRequested asked = awaitRequest(run);
            assertThat(asked.toolName()).isEqualTo("test.pay");
            assertThat(asked.arguments().path("to").asString()).isEqualTo("Ada");
            assertThat(asked.bound()).isEqualTo(Map.of("account", "1"));
            assertThat(asked.digest()).hasSize(64);
            assertThat(store.runs().find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.WAITING_INPUT);
            assertThat(runtime.inputs(run.sessionId()))
                    .extracting(InputRequest::id)
                    .containsExactly(asked.requestId());
            assertThat(paid).isEmpty();

            runtime.respond(asked.requestId(), new InputResponse.Approve(), "web");

            assertThat(end(run)).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThat(paid).containsExactly("Ada");
            assertThat(names(run))
                    .containsExactly(
                            "message",
                            "turn",
                            "tool_call",
                            "input_request",
                            "input_resolved",
                            "tool_started",
                            "tool_result",
                            "turn",
                            "final");
            assertThat(runtime.inputs(null)).isEmpty();
            assertThat(store.audit().of(Principal.LOCAL, asked.toolCallId()))
                    .extracting(AuditEntry::what)
                    .containsExactly("ask", "approve", "started", "completed");
        }
    }

    @Test
    void tellsTheModelWhyItWasNotAllowed() throws Exception {
        LocalRuntime runtime = runtime();
        try (Run run = runtime.createSession().prompt("Pay Ada.")) {
            runtime.respond(awaitRequest(run).requestId(), new InputResponse.Reject("too much"));
            ToolReturned returned = await(run, ToolReturned.class);
            assertThat(returned.error()).isEqualTo("the user did not allow test.pay: too much");
            assertThat(returned.result().path("denied").asBoolean()).isTrue();
            assertThat(end(run)).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThat(paid).isEmpty();
        }
    }

    @Test
    void callsWithTheArgumentsThatWereGivenInstead() throws Exception {
        LocalRuntime runtime = runtime();
        try (Run run = runtime.createSession().prompt("Pay Ada.")) {
            InputRequested asked = awaitRequest(run);
            assertThatThrownBy(() ->
                            runtime.respond(asked.requestId(), new InputResponse.Approve(Json.MAPPER.readTree("[1]"))))
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.error()).isInstanceOf(AgentError.InvalidRequest.class));
            runtime.respond(asked.requestId(), new InputResponse.Approve(Json.MAPPER.readTree("{\"to\":\"Bob\"}")));
            ToolStarted started = await(run, ToolStarted.class);
            assertThat(started.arguments().path("to").asString()).isEqualTo("Bob");
            ToolReturned returned = await(run, ToolReturned.class);
            assertThat(returned.result().path("edited_arguments").path("to").asString())
                    .isEqualTo("Bob");
            assertThat(paid).containsExactly("Bob");
        }
    }

    @Test
    void asksAgainWhenWhatItWouldActOnHasChanged_K3() throws Exception {
        LocalRuntime runtime = runtime();
        try (Run run = runtime.createSession().prompt("Pay Ada.")) {
            InputRequested first = awaitRequest(run);
            fact.set("2");
            runtime.respond(first.requestId(), new InputResponse.Approve());
            InputRequested second = awaitRequest(run);
            assertThat(second.reason()).contains("changed");
            assertThat(second.bound()).isEqualTo(Map.of("account", "2"));
            assertThat(paid).isEmpty();
            runtime.respond(second.requestId(), new InputResponse.Approve());
            assertThat(end(run)).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThat(paid).containsExactly("Ada");
        }
    }

    @Test
    void takesTheFirstOfManyAnswers_K2() throws Exception {
        LocalRuntime runtime = runtime();
        try (Run run = runtime.createSession().prompt("Pay Ada.");
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            InputRequested asked = awaitRequest(run);
            List<Callable<InputResolved>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                InputResponse answer = i % 2 == 0 ? new InputResponse.Approve() : new InputResponse.Reject("no");
                String client = "client" + i;
                answers.add(() -> runtime.respond(asked.requestId(), answer, client));
            }
            InputResolved winner = null;
            AtomicInteger tooLate = new AtomicInteger();
            List<Map<String, Object>> told = new ArrayList<>();
            for (Future<InputResolved> answer : clients.invokeAll(answers)) {
                try {
                    InputResolved taken = answer.get();
                    assertThat(winner).isNull();
                    winner = taken;
                } catch (ExecutionException e) {
                    assertThat(((AgentException) e.getCause()).error()).isInstanceOf(AgentError.AlreadyResolved.class);
                    told.add(((AgentError.AlreadyResolved) ((AgentException) e.getCause()).error()).details());
                    tooLate.incrementAndGet();
                }
            }
            assertThat(tooLate).hasValue(19);
            assertThat(winner).isNotNull();
            assertThat(told)
                    .containsOnly(Map.of("decision", winner.decision().wireName(), "by", String.valueOf(winner.by())));
            end(run);
            assertThat(paid).hasSize(winner.decision() == InputDecision.APPROVE ? 1 : 0);
        }
    }

    @Test
    void deniesWhenNobodyAnswersInTime_K1() throws Exception {
        LocalRuntime runtime = runtime(model(), Duration.ofMillis(50));
        try (Run run = runtime.createSession().prompt("Pay Ada.")) {
            InputRequested asked = awaitRequest(run);
            assertThat(await(run, InputResolved.class).decision()).isEqualTo(InputDecision.EXPIRED);
            assertThat(end(run)).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThatThrownBy(() -> runtime.respond(asked.requestId(), new InputResponse.Approve()))
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.error()).isInstanceOf(AgentError.AlreadyResolved.class));
            assertThat(paid).isEmpty();
        }
    }

    @Test
    void resolvesWhatItWaitsForWhenItIsCancelled_H4() throws Exception {
        LocalRuntime runtime = runtime();
        try (Run run = runtime.createSession().prompt("Pay Ada.")) {
            InputRequested asked = awaitRequest(run);
            run.cancel("enough");
            assertThat(end(run)).isInstanceOf(AgentEvent.RunCancelled.class);
            assertThat(names(run))
                    .containsExactly(
                            "message",
                            "turn",
                            "tool_call",
                            "input_request",
                            "input_resolved",
                            "tool_result",
                            "cancelled");
            assertThat(store.inputs().find(asked.requestId()).orElseThrow().resolution())
                    .extracting(InputResolved::decision)
                    .isEqualTo(InputDecision.CANCELLED);
        }
    }

    @Test
    void doesNotUseUpItsTimeWhilePeopleThink() throws Exception {
        try (LocalRuntime runtime = AgentRuntime.builder()
                .models(model().asModels())
                .store(store)
                .policy(ToolPolicy.asking())
                .budgets(BudgetPolicy.of(Scope.RUN, Budget.ofWallTime(Duration.ofMillis(1_500))))
                .approvalsWithin(Duration.ofMillis(2_000))
                .tools(List.of(pay()))
                .build()) {
            try (Run run = runtime.createSession().prompt("Pay Ada.")) {
                assertThat(await(run, InputResolved.class).decision()).isEqualTo(InputDecision.EXPIRED);
                assertThat(end(run)).isInstanceOf(AgentEvent.RunCompleted.class);
            }
        }
    }

    @Test
    void isAnsweredByThePersonThatIsAsked_S1_83() throws Exception {
        ScriptedModel model = new ScriptedModel()
                .calls("ask_user", """
                        {"questions":[{"id":"when","text":"When?","options":["now","later"]},
                          {"id":"many","text":"How many?","input_type":"number"},
                          {"id":"key","text":"Which key?","input_type":"secret"}]}""")
                .calls("test.pay", "{\"to\":\"Ada\"}")
                .says("Done.");
        LocalRuntime runtime = runtime(model, Duration.ofMinutes(1));
        try (Run run = runtime.createSession().prompt("Ask me.")) {
            InputRequested asked = awaitRequest(run);
            assertThatThrownBy(() -> runtime.respond(asked.requestId(), answer("{\"when\":\"never\",\"many\":1}")))
                    .hasMessageContaining("'when' must be one of now, later");
            assertThatThrownBy(() -> runtime.respond(asked.requestId(), answer("{\"when\":\"now\",\"many\":\"1\"}")))
                    .hasMessageContaining("'many' must be a number");
            runtime.respond(
                    asked.requestId(), answer("{\"when\":\"now\",\"many\":3,\"key\":\"correct horse battery\"}"));
            ToolReturned returned = await(run, ToolReturned.class);
            assertThat(returned.result().path("answers").path("when").asString())
                    .isEqualTo("now");
            assertThat(returned.result().path("answers").path("many").asInt()).isEqualTo(3);
            String name = returned.result().path("answers").path("key").asString();
            assertThat(name).startsWith("secret:");
            runtime.respond(
                    awaitRequest(run).requestId(),
                    new InputResponse.Approve(Json.MAPPER.createObjectNode().put("to", name)));
            ToolReturned done = await(run, ToolReturned.class);
            assertThat(paid).containsExactly("correct horse battery");
            assertThat(done.result().path("paid").asString()).isEqualTo(name);
            end(run);
            assertThat(store.log().read(run.sessionId(), 0, 100).toString()).doesNotContain("horse");
        }
    }

    private static InputResponse answer(String json) {
        return new InputResponse.Answer(Json.MAPPER.readTree(json));
    }

    @Test
    void carriesOutOnceWhatWasAllowedWhereverTheProcessEnds_P3_P12() throws Exception {
        CrashSimulation.Result result = CrashSimulation.of(() -> model().byConversation(), "Pay Ada.")
                .tools(() -> List.of(pay()))
                .policy(ToolPolicy.asking())
                .answers(request -> new InputResponse.Approve())
                .check(recovered ->
                        assertThat(recovered.after().getLast().event()).isInstanceOf(AgentEvent.RunCompleted.class))
                .twice()
                .run();
        assertThat(result.log())
                .extracting(entry -> EventCodec.name(entry.event()))
                .contains("tool_started");
    }

    /// What it asks comes after it began, so it may have begun where it has asked.
    @Test
    void doesNotRepeatACallThatAsksInItsMiddleWhereverTheProcessEnds_P3() throws Exception {
        Tool asking = Tool.of(
                new ToolSpec.Head("test.asking", "Asks, then pays.", Effect.ONCE, Approval.AUTO),
                To.class,
                (arguments, context) -> {
                    context.asking().ask(Asking.Ask.questions(List.of(question())));
                    return ToolOutcome.success(Map.of());
                });
        CrashSimulation.of(
                        () -> new ScriptedModel()
                                .calls("test.asking", "{\"to\":\"Ada\"}")
                                .says("Done.")
                                .byConversation(),
                        "Go.")
                .tools(() -> List.of(asking))
                .answers(request -> answer("{\"a\":\"yes\"}"))
                .check(recovered -> assertThat(recovered.after().stream()
                                .filter(entry -> entry.event() instanceof InputRequested)
                                .count())
                        .as("requests, each resolved before the call returned")
                        .isEqualTo(recovered.after().stream()
                                .filter(entry -> entry.event() instanceof InputResolved)
                                .count()))
                .run();
    }

    private static InputQuestion question() {
        return new InputQuestion("a", "A?", null, null, null);
    }

    @Test
    void asksNoQuestionTwiceWhereverTheProcessEnds() throws Exception {
        CrashSimulation.of(
                        () -> new ScriptedModel()
                                .calls("ask_user", "{\"questions\":[{\"id\":\"a\",\"text\":\"A?\"}]}")
                                .says("Thank you.")
                                .byConversation(),
                        "Ask me.")
                .tools(() -> List.of(AskUserTool.create()))
                .policy(ToolPolicy.asking())
                .answers(request -> answer("{\"a\":\"yes\"}"))
                .check(recovered -> assertThat(recovered.after())
                        .filteredOn(entry -> entry.event() instanceof InputRequested)
                        .hasSize(1))
                .run();
    }

    private LocalRuntime withSubAgents(ToolPolicy policy) {
        ScriptedModel model = new ScriptedModel()
                .calls("agent.run", "{\"task\":\"Pay Ada.\"}")
                .calls("test.pay", "{\"to\":\"Ada\"}")
                .says("The agent is done.")
                .says("Done.");
        LocalRuntime runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(store)
                .policy(policy)
                .tools(List.of(pay()))
                .subAgents(1)
                .build();
        opened.add(runtime);
        return runtime;
    }

    @Test
    void showsThoseWhoWatchARunWhatTheAgentsThatWorkForItWaitFor_K8() throws Exception {
        LocalRuntime runtime = withSubAgents(ToolPolicy.asking());
        try (Run run = runtime.createSession().prompt("Have Ada paid.")) {
            AgentEvent.ChildInput waits = await(run, AgentEvent.ChildInput.class);
            assertThat(waits.request()).isNotNull();
            assertThat(waits.childSessionId()).isNotEqualTo(run.sessionId());
            assertThat(runtime.inputs(run.sessionId()))
                    .extracting(InputRequest::id)
                    .containsExactly(waits.request().requestId());
            runtime.respond(waits.request().requestId(), new InputResponse.Approve());
            assertThat(await(run, AgentEvent.ChildInput.class).resolution()).isNotNull();
            assertThat(await(run, ToolReturned.class).result().has("denied_calls"))
                    .isFalse();
            end(run);
            assertThat(paid).containsExactly("Ada");
        }
    }

    @Test
    void saysThatAnAgentWasDeniedSomething_K8() throws Exception {
        LocalRuntime runtime = withSubAgents(ToolPolicy.unattended());
        try (Run run = runtime.createSession().prompt("Have Ada paid.")) {
            assertThat(await(run, ToolReturned.class)
                            .result()
                            .path("denied_calls")
                            .asInt())
                    .isEqualTo(1);
            end(run);
            assertThat(paid).isEmpty();
        }
    }

    @Test
    void handsACallToTheClientThatHasTheTool_S2_101() throws Exception {
        ScriptedModel model =
                new ScriptedModel().calls("showForm", "{\"title\":\"Name\"}").says("Shown.");
        LocalRuntime runtime = runtime(model, Duration.ofMinutes(1));
        Session session = runtime.createSession();
        runtime.clientTools()
                .register(
                        session.id(),
                        "web-1",
                        List.of(new ClientTools.Offer(
                                "showForm", "Shows a form.", Json.MAPPER.readTree("{\"type\":\"object\"}"), null)));
        try (Run run = session.prompt("Show it.")) {
            InputRequested asked = awaitRequest(run);
            assertThat(asked.target()).isEqualTo("web-1");
            assertThat(asked.arguments().path("title").asString()).isEqualTo("Name");
            runtime.respond(asked.requestId(), new InputResponse.Result(Json.MAPPER.readTree("{\"name\":\"Ada\"}")));
            ToolReturned returned = await(run, ToolReturned.class);
            assertThat(returned.result().toString()).isEqualTo("{\"success\":true,\"name\":\"Ada\"}");
            end(run);
        }
        assertThat(model.requests().getFirst().tools())
                .extracting(ToolSpec::name)
                .contains("showForm");
        runtime.clientTools().unregister("web-1");
        assertThatThrownBy(() -> runtime.clientTools()
                        .register(
                                session.id(),
                                "web-1",
                                List.of(new ClientTools.Offer("test.pay", "", Json.MAPPER.readTree("{}"), null))))
                .hasMessageContaining("'test.pay' is a tool of dwata's own");
    }

    @Test
    void endsWithoutAToolThatDoesNotStop_4_8() throws Exception {
        Tool deaf = Tool.of(
                new ToolSpec.Head("test.deaf", "Heeds nothing.", Effect.ONCE, Approval.AUTO),
                To.class,
                (arguments, context) -> {
                    while (paid.isEmpty()) {
                        Thread.onSpinWait();
                    }
                    return ToolOutcome.success(Map.of());
                });
        try (LocalRuntime runtime = AgentRuntime.builder()
                .models(new ScriptedModel().calls("test.deaf", "{\"to\":\"x\"}").asModels())
                .store(store)
                .tools(List.of(deaf))
                .stopWithin(Duration.ofMillis(100))
                .build()) {
            try (Run run = runtime.createSession().prompt("Go.")) {
                await(run, AgentEvent.ToolCalled.class);
                run.cancel("enough");
                assertThat(end(run))
                        .isEqualTo(new AgentEvent.RunCancelled(
                                "The run was cancelled; not all of it has stopped.",
                                "enough",
                                List.of("the tool test.deaf")));
                assertThat(names(run)).containsExactly("message", "turn", "tool_call", "tool_result", "cancelled");
            } finally {
                synchronized (paid) {
                    paid.add("over");
                }
            }
        }
    }
}
