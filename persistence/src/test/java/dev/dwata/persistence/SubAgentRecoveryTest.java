package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.SessionId;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// H13 and P1: what an agent was given to do is not lost when the process ends while its parent waits.
@Timeout(30)
class SubAgentRecoveryTest {
    @TempDir
    Path folder;

    @Test
    void aParentThatWasCutOffFindsItsChildAgain() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger children = new AtomicInteger();
        SessionId session;
        try (LocalRuntime before = runtime((request, sink) -> {
            if (latest(request).equals("Delegate.")) {
                return delegates("Work.");
            }
            children.incrementAndGet();
            working.countDown();
            never.await();
            return says("never");
        })) {
            session = before.createSession().id();
            try (Run run = before.session(session).prompt("Delegate.")) {
                assertThat(run.id()).isNotNull();
                assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
        AtomicInteger again = new AtomicInteger();
        try (LocalRuntime after = runtime((request, sink) -> {
            if (latest(request).equals("Work.")) {
                again.incrementAndGet();
                return says("Worked.");
            }
            return says("The child says: " + latest(request));
        })) {
            List<AgentEvent> events = events(after, session);

            assertThat(((RunCompleted) events.getLast()).content()).contains("Worked.");
            assertThat(events.stream().filter(ToolReturned.class::isInstance)).hasSize(1);
        }
        assertThat(children).hasValue(1);
        assertThat(again).hasValue(1);
    }

    private static List<AgentEvent> events(LocalRuntime runtime, SessionId session) throws InterruptedException {
        List<AgentEvent> events = new ArrayList<>();
        try (EventStream stream = runtime.session(session).events(0)) {
            while (events.isEmpty() || !(events.getLast() instanceof Terminal)) {
                Envelope next = stream.next(null);
                assertThat(next).isNotNull();
                events.add(next.event());
            }
        }
        return events;
    }

    private LocalRuntime runtime(ModelClient client) {
        return AgentRuntime.builder()
                .model(new Model("scripted", "script", client))
                .store(SqliteStore.open(folder.resolve("db.sqlite3")))
                .subAgents(2)
                .build();
    }

    private static String latest(ModelRequest request) {
        Message message = request.messages().getLast();
        return message.role() == Role.TOOL
                ? ((Part.ToolResult) message.parts().getLast()).result().toString()
                : message.text();
    }

    private static ModelReply says(String text) {
        return new ModelReply(List.of(new Part.Text(text)), TokenUsage.ZERO, StopReason.END_TURN);
    }

    private static ModelReply delegates(String task) {
        Part call = new Part.ToolCall(
                "call_1", "agent.run", Json.MAPPER.createObjectNode().put("task", task));
        return new ModelReply(List.of(call), TokenUsage.ZERO, StopReason.TOOL_USE);
    }
}
