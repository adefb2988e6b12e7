package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.observe.Observation;
import dev.dwata.agent.observe.Observed;
import dev.dwata.agent.observe.Observer;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.provider.resilience.RetryPolicy;
import dev.dwata.agent.provider.resilience.Retrying;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an observer is told of runs.
class ObservedRunTest {
    private final InMemoryStore store = new InMemoryStore();
    private final ScriptedModel model = new ScriptedModel();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private record Text(String text) {}

    private static Tool tool(Tool.Body<Text> body) {
        return Tool.of(new ToolSpec.Head("test.work", "For a test.", Effect.ONCE, Approval.AUTO), Text.class, body);
    }

    /// Writes the path of everything that ends, and how it does.
    private final class Writer implements Observer {
        private record Step(String path, List<String> told) implements Observation {
            @Override
            public void end(Outcome outcome) {
                told.add(path + ": " + outcome.getClass().getSimpleName());
            }
        }

        @Override
        public Observation begin(Observed what, @Nullable Observation parent) {
            String before = parent == null ? "" : ((Step) parent).path() + "/";
            return new Step(before + what.getClass().getSimpleName(), told);
        }
    }

    private LocalRuntime.Builder builder(ModelClient client, Tool... tools) {
        return AgentRuntime.builder()
                .model(new Model("scripted", "script", client))
                .store(store)
                .tools(List.of(tools))
                .policy(ToolPolicy.allowAll());
    }

    @Test
    void isToldOfARunAndWhatItIsMadeOf() {
        model.calls("test.work", "{\"text\":\"x\"}").says("Done.");
        Tool asks = tool((arguments, context) -> {
            context.scope().awaitInput("question").end(new Outcome.Done());
            return ToolOutcome.success(Map.of());
        });
        try (LocalRuntime runtime = builder(model, asks).observer(new Writer()).build()) {
            runtime.createSession().prompt("Work.").await();
        }

        assertThat(told)
                .containsExactly(
                        "Run/QueueWait: Done",
                        "Run/ModelCall: Answered",
                        "Run/ToolCall/InputWait: Done",
                        "Run/ToolCall: Returned",
                        "Run/ModelCall: Answered",
                        "Run: Completed");
    }

    @Test
    void isToldOfEachRequestOfAModelCallThatIsTriedAgain() {
        model.fails(new AgentError.ModelUnavailable("busy", null)).says("Here.");
        Retrying patient = new Retrying(
                model,
                new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1)),
                wait -> {},
                () -> 0);
        try (LocalRuntime runtime = builder(patient).observer(new Writer()).build()) {
            runtime.createSession().prompt("Hello.").await();
        }

        assertThat(told)
                .containsExactly(
                        "Run/QueueWait: Done",
                        "Run/ModelCall/Attempt: Failed",
                        "Run/ModelCall/Attempt: Done",
                        "Run/ModelCall: Answered",
                        "Run: Completed");
    }

    @Test
    void seesTheRunOfASubAgentWithinTheCallThatAskedForIt() {
        model.calls("agent.run", "{\"task\":\"Look.\"}").says("It is there.").says("Done.");
        try (LocalRuntime runtime =
                builder(model).subAgents(2).observer(new Writer()).build()) {
            runtime.createSession().prompt("Ask somebody.").await();
        }

        assertThat(told)
                .containsExactly(
                        "Run/QueueWait: Done",
                        "Run/ModelCall: Answered",
                        "Run/ToolCall/Run/QueueWait: Done",
                        "Run/ToolCall/Run/ModelCall: Answered",
                        "Run/ToolCall/Run: Completed",
                        "Run/ToolCall: Returned",
                        "Run/ModelCall: Answered",
                        "Run: Completed");
    }

    @Test
    void isToldOfFailureAndOfCancellation() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        Tool slow = tool((arguments, context) -> {
            working.countDown();
            new CountDownLatch(1).await();
            return ToolOutcome.success(Map.of());
        });
        model.fails(new AgentError.ModelRejected("no", 400)).calls("test.work", "{\"text\":\"x\"}");
        try (LocalRuntime runtime = builder(model, slow).observer(new Writer()).build()) {
            Session session = runtime.createSession();
            session.prompt("Fail.").await();
            Run run = session.prompt("Hang.");
            working.await();
            run.cancel("enough");
            run.await();
        }

        assertThat(told)
                .containsExactly(
                        "Run/QueueWait: Done",
                        "Run/ModelCall: Failed",
                        "Run: Failed",
                        "Run/QueueWait: Done",
                        "Run/ModelCall: Answered",
                        "Run/ToolCall: Stopped",
                        "Run: Stopped");
    }

    @Test
    void harmsNoRunWhenItFails() {
        model.says("All is well.").says("Still.");
        Observer atOnce = (what, parent) -> {
            throw new IllegalStateException("cannot begin");
        };
        Observer atTheEnd = (what, parent) -> outcome -> {
            throw new NoClassDefFoundError("cannot end");
        };
        try (LocalRuntime runtime = builder(model)
                .observer(atOnce)
                .observer(atTheEnd)
                .observer(new Writer())
                .build()) {
            AgentEvent.Terminal end = runtime.createSession().prompt("Hello.").await();

            assertThat(end).isInstanceOf(AgentEvent.RunCompleted.class);
        }
        assertThat(told).endsWith("Run: Completed");
    }
}
