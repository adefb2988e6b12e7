package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// H13: agents that have agents do a task.
@Timeout(30)
class SubAgentTest {
    private static final TokenUsage USAGE = new TokenUsage(10, 1, 0, null);

    private final InMemoryStore store = new InMemoryStore();

    @Test
    void theAnswerOfTheOtherAgentIsTheResult() {
        try (LocalRuntime runtime = runtime((request, sink) -> switch (latest(request)) {
            case "Delegate." -> delegates("Count the files.");
            case "Count the files." -> says("There are 7.");
            default -> says("I was told: " + latest(request));
        })) {
            Session session = runtime.createSession();
            List<AgentEvent> events = new ArrayList<>();
            try (Run run = session.prompt("Delegate.")) {
                run.forEach(events::add);

                ToolReturned returned = only(ToolReturned.class, events);
                RunInfo child = run(returned, "run_id");
                assertThat(returned.success()).isTrue();
                assertThat(returned.result().path("answer").asString()).isEqualTo("There are 7.");
                assertThat(child.parentRunId()).isEqualTo(run.id());
                assertThat(child.rootRunId()).isEqualTo(run.id());
                assertThat(child.depth()).isEqualTo(1);
                assertThat(returned.result().path("session_id").asString())
                        .isEqualTo(child.sessionId().value());
            }
            assertThat(((RunCompleted) events.getLast()).content()).contains("There are 7.");
            assertThat(runtime.sessions(new SessionQuery(10, 0, null, null)).total())
                    .isEqualTo(1);
        }
    }

    @Test
    void severalWorkAtTheSameTimeAndAnswerInOrder() {
        CyclicBarrier together = new CyclicBarrier(3);
        try (LocalRuntime runtime = runtime((request, sink) -> {
            String latest = latest(request);
            if (latest.equals("Delegate.")) {
                return delegates("one", "two", "three");
            }
            if (latest.length() <= 5) {
                await(together);
                return says("done " + latest);
            }
            return says("All done.");
        })) {
            List<AgentEvent> events = new ArrayList<>();
            try (Run run = runtime.createSession().prompt("Delegate.")) {
                run.forEach(events::add);
            }
            assertThat(((RunCompleted) events.getLast()).content()).isEqualTo("All done.");
            List<Part> results = store.sessions().transcript(sessionOf(events)).messages().stream()
                    .filter(message -> message.role() == Role.TOOL)
                    .flatMap(message -> message.parts().stream())
                    .toList();
            assertThat(results).hasSize(3);
        }
    }

    @Test
    void stoppingTheParentStopsTheWholeTree() throws InterruptedException {
        CountDownLatch deep = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (LocalRuntime runtime = runtime((request, sink) -> {
            return switch (latest(request)) {
                case "Delegate." -> delegates("Middle.");
                case "Middle." -> delegates("Bottom.");
                default -> {
                    deep.countDown();
                    never.await();
                    yield says("never");
                }
            };
        })) {
            Session session = runtime.createSession();
            try (Run run = session.prompt("Delegate.")) {
                assertThat(deep.await(10, TimeUnit.SECONDS)).isTrue();
                run.cancel("enough");

                assertThat(run.await()).isInstanceOf(RunCancelled.class);
                assertThat(runtime.drain(Duration.ofSeconds(10))).isTrue();
            }
        }
    }

    @Test
    void nestingIsBounded() {
        AtomicInteger asked = new AtomicInteger();
        try (LocalRuntime runtime = runtime((request, sink) -> {
            asked.incrementAndGet();
            return latest(request).startsWith("{") ? says("I could not.") : delegates("Deeper.");
        })) {
            try (Run run = runtime.createSession().prompt("Delegate.")) {
                assertThat(run.await()).isInstanceOf(RunCompleted.class);
            }
            assertThat(asked).hasValue(6);
        }
    }

    @Test
    void aChildThatFailsIsAFailedResult() {
        try (LocalRuntime runtime = runtime((request, sink) -> {
            String latest = latest(request);
            if (latest.equals("Delegate.")) {
                return delegates("Fail.");
            }
            if (latest.equals("Fail.")) {
                throw new AgentException(new AgentError.ModelRejected("no such thing", 400));
            }
            return says("It failed.");
        })) {
            List<AgentEvent> events = new ArrayList<>();
            try (Run run = runtime.createSession().prompt("Delegate.")) {
                run.forEach(events::add);
            }
            assertThat(only(ToolReturned.class, events).error()).contains("failed", "no such thing");
            assertThat(((RunCompleted) events.getLast()).content()).isEqualTo("It failed.");
        }
    }

    private LocalRuntime runtime(ModelClient client) {
        return AgentRuntime.builder()
                .model(new Model("scripted", "script", client))
                .store(store)
                .subAgents(2)
                .build();
    }

    private RunInfo run(ToolReturned returned, String field) {
        return store.runs()
                .find(new RunId(returned.result().path(field).asString()))
                .orElseThrow();
    }

    private SessionId sessionOf(List<AgentEvent> events) {
        ToolReturned any = (ToolReturned) events.stream()
                .filter(ToolReturned.class::isInstance)
                .findFirst()
                .orElseThrow();
        RunId parent = run(any, "run_id").parentRunId();
        return store.runs().find(Objects.requireNonNull(parent)).orElseThrow().sessionId();
    }

    private static <T> T only(Class<T> type, List<AgentEvent> events) {
        List<T> found = events.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// The latest text of the user, or the latest result.
    private static String latest(ModelRequest request) {
        Message message = request.messages().getLast();
        return message.role() == Role.TOOL
                ? ((Part.ToolResult) message.parts().getLast()).result().toString()
                : message.text();
    }

    private static ModelReply says(String text) {
        return new ModelReply(List.of(new Part.Text(text)), USAGE, StopReason.END_TURN);
    }

    private static ModelReply delegates(String... tasks) {
        List<Part> calls = new ArrayList<>();
        for (String task : tasks) {
            calls.add(new Part.ToolCall(
                    "call_" + calls.size(),
                    "agent.run",
                    Json.MAPPER.createObjectNode().put("task", task)));
        }
        return new ModelReply(calls, USAGE, StopReason.TOOL_USE);
    }
}
