package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.AgentRuntimeContract;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.ErrorCode;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LocalRuntimeTest extends AgentRuntimeContract {
    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected AgentRuntime start(Models models, List<Tool> tools) {
        return AgentRuntime.builder()
                .models(models)
                .tools(tools)
                .store(store)
                .policy(ToolPolicy.allowAll())
                .build();
    }

    private LocalRuntime.Builder builder(Tool... tools) {
        return AgentRuntime.builder()
                .model(new Model("scripted", "script", model))
                .store(store)
                .tools(List.of(tools));
    }

    private static Tool tool(String name, Approval approval, Tool.Body<Text> body) {
        return Tool.of(new ToolSpec.Head(name, "For a test.", Effect.ONCE, approval), Text.class, body);
    }

    @Test
    void stopsAfterThreeFailedCallsInARow_S1_02() {
        for (int i = 0; i < 3; i++) {
            model.calls("test.echo", "{\"text\":\"fail\"}");
        }
        try (LocalRuntime runtime = builder(ECHO).build()) {
            AgentEvent.Terminal end = runtime.createSession().prompt("Try.").await();

            assertThat(end)
                    .isEqualTo(new RunFailed(new AgentError.LimitReached(
                            "the run was stopped after 3 failed tool calls in a row",
                            "maxConsecutiveToolFailures",
                            3)));
        }
    }

    @Test
    void stopsAtTheLimitOfTurns_S1_01() {
        for (int i = 0; i < 4; i++) {
            model.calls("test.echo", "{\"text\":\"again " + i + "\"}");
        }
        try (LocalRuntime runtime = builder(ECHO).limits(new Limits(4, 3)).build()) {
            List<AgentEvent> events = stored(runtime.createSession().prompt("Loop."));

            assertThat(events.getLast())
                    .isEqualTo(new RunFailed(
                            new AgentError.LimitReached("the run reached its limit of 4 turns", "maxTurns", 4)));
            assertThat(events)
                    .filteredOn(AgentEvent.ToolReturned.class::isInstance)
                    .hasSize(4);
        }
    }

    @Test
    void answersEveryCallOfATurnThatIsCancelled() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Tool slow = tool("test.slow", Approval.AUTO, (arguments, context) -> {
            running.countDown();
            new CountDownLatch(1).await();
            return ToolOutcome.success(Map.of());
        });
        model.turn(turn -> turn.calls("test.slow", "{\"text\":\"a\"}").calls("test.echo", "{\"text\":\"b\"}"))
                .says("on we go");
        try (LocalRuntime runtime = builder(slow, ECHO).build()) {
            Session session = runtime.createSession();
            Run run = session.prompt("Both.");
            running.await();

            run.cancel("stop");

            assertThat(stored(run).stream().map(LocalRuntimeTest::brief))
                    .containsExactly(
                            "MessageReceived",
                            "TurnCompleted",
                            "called test.slow",
                            "returned test.slow: cancelled before it finished",
                            "called test.echo",
                            "returned test.echo: cancelled before it started",
                            "RunCancelled");
            session.prompt("Go on.").await();
            assertThat(model.requests().getLast().messages().get(2).parts()).hasSize(2);
        }
    }

    @Test
    void keepsWhatAToolDidThoughItWasInterrupted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Tool stubborn = tool("test.stubborn", Approval.AUTO, (arguments, context) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ToolOutcome.success(Map.of("wrote", "everything"));
        });
        model.calls("test.stubborn", "{\"text\":\"a\"}");
        try (LocalRuntime runtime = builder(stubborn).build()) {
            Run run = runtime.createSession().prompt("Go.");
            running.await();
            run.cancel("stop");

            List<AgentEvent> events = stored(run);

            assertThat(events)
                    .filteredOn(AgentEvent.ToolReturned.class::isInstance)
                    .allSatisfy(event -> assertThat(((AgentEvent.ToolReturned) event).success())
                            .isTrue());
            assertThat(events.getLast()).isInstanceOf(AgentEvent.RunCancelled.class);
        }
    }

    @Test
    void deniesWhatNeedsAPersonWhereNobodyCanBeAsked() {
        Tool write = tool("test.write", Approval.CONFIRM, (arguments, context) -> {
            throw new AssertionError("must not run");
        });
        model.calls("test.write", "{\"text\":\"x\"}").says("I may not.");
        try (LocalRuntime runtime = builder(write).build()) {
            List<AgentEvent> events = stored(runtime.createSession().prompt("Write."));

            AgentEvent.ToolReturned returned = (AgentEvent.ToolReturned) events.get(3);
            assertThat(returned.success()).isFalse();
            assertThat(returned.result().path("denied").asBoolean(false)).isTrue();
            assertThat(events.getLast()).isInstanceOf(AgentEvent.RunCompleted.class);
        }
    }

    @Test
    void turnsAClumsyToolIntoAFailedResult() {
        Tool broken = tool("test.broken", Approval.AUTO, (arguments, context) -> {
            throw new IllegalStateException("oops");
        });
        model.turn(turn -> turn.calls("test.broken", "{\"text\":\"x\"}")
                        .calls("no.such", "{}")
                        .calls("test.broken", "not json"))
                .says("never asked");
        try (LocalRuntime runtime = builder(broken).build()) {
            List<AgentEvent> events = stored(runtime.createSession().prompt("Break."));

            assertThat(events.stream()
                            .filter(AgentEvent.ToolReturned.class::isInstance)
                            .map(LocalRuntimeTest::brief))
                    .containsExactly(
                            "returned test.broken: test.broken failed: java.lang.IllegalStateException: oops",
                            "returned no.such: there is no tool called 'no.such'",
                            "returned test.broken: the arguments are not a JSON object: \"not json\"");
        }
    }

    @Test
    void survivesADefectOfAModelClient() {
        Model broken = new Model("test", "broken", (request, sink) -> {
            throw new IllegalStateException("a defect");
        });
        try (LocalRuntime runtime =
                AgentRuntime.builder().model(broken).store(store).build()) {
            Session session = runtime.createSession();

            RunFailed end = (RunFailed) session.prompt("Hi").await();

            assertThat(end.error().code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(end.error().message()).doesNotContain("a defect");
        }
    }

    @Test
    void keepsPrincipalsApart() {
        model.says("a secret");
        try (LocalRuntime runtime = builder().build()) {
            LocalRuntime other = runtime.as(new Principal("other"));
            Run run = runtime.createSession().prompt("Tell me.");
            run.await();

            assertThat(other.sessions(SessionQuery.latest(10)).sessions()).isEmpty();
            assertThat(codeOf(() -> other.session(run.sessionId()))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(codeOf(() -> other.cancel(run.id(), "mine now"))).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void namesTheAgentsThereAre() {
        try (LocalRuntime runtime = builder().build()) {
            NewSession wanted = new NewSession(null, "pirate", null, null, null, null, null);

            assertThat(codeOf(() -> runtime.createSession(wanted))).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(codeOf(() -> runtime.prompt(wanted, Prompt.of("Arr")))).isEqualTo(ErrorCode.INVALID_REQUEST);
        }
    }

    @Test
    void leavesWhatRunsToTheNextProcessWhenItIsClosed_P19() throws Exception {
        Gate gate = new Gate();
        ScriptedModel patient =
                new ScriptedModel().turn(turn -> turn.says("half").waits(gate));
        LocalRuntime runtime =
                AgentRuntime.builder().models(patient.asModels()).store(store).build();
        Run run = runtime.createSession().prompt("Wait.");
        gate.awaitArrival();
        List<Envelope> committed = new CopyOnWriteArrayList<>();
        store.log().listen(committed::addAll);

        runtime.close();

        assertThat(committed.getLast().event()).isEqualTo(new AgentEvent.RunInterrupted("dwata was stopped"));
        assertThat(committed.getLast().runId()).isEqualTo(run.id());
    }

    private static String brief(AgentEvent event) {
        if (event instanceof AgentEvent.ToolCalled called) {
            return "called " + called.toolName();
        }
        if (event instanceof AgentEvent.ToolReturned returned) {
            return "returned " + returned.toolName() + ": " + returned.error();
        }
        return event.getClass().getSimpleName();
    }
}
