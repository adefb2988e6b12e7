package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.context.Normaliser;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.LegalHistory;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError.LimitReached;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// H9, H10, P15: a model that goes in circles is told, then stopped.
@Timeout(60)
class RepeatedCallsTest {
    private final ScriptedModel model = new ScriptedModel();
    private final List<JsonNode> ran = new ArrayList<>();
    private final InMemoryStore store = new InMemoryStore();
    private Limits limits = new Limits(40, 3);
    private LocalRuntime runtime;

    private record Where(String path, int line) {}

    @AfterEach
    void everyRequestWasLegal() {
        model.requests().forEach(request -> LegalHistory.check(request.messages()));
        runtime.close();
    }

    private Terminal run() {
        Tool read = Tool.of(
                new ToolSpec.Head("test.read", "Reads.", Effect.PURE, Approval.AUTO), Where.class, (where, context) -> {
                    ran.add(Json.MAPPER.valueToTree(where));
                    return ToolOutcome.success(Map.of("text", "nothing new"));
                });
        runtime = AgentRuntime.builder()
                .model(new Model("scripted", "script", model))
                .tools(List.of(read))
                .limits(limits)
                .store(store)
                .build();
        return runtime.createSession().prompt("Look.").await();
    }

    private ScriptedModel reads(int line) {
        return model.calls("test.read", "{\"path\":\"a\",\"line\":" + line + "}");
    }

    @Test
    void theThirdIdenticalCallInARowIsNotRunAndTheModelIsTold() {
        reads(1);
        model.calls("test.read", "{\"line\":1,\"path\":\"a\"}");
        reads(1);
        model.says("It says nothing.");

        assertThat(run()).isInstanceOf(RunCompleted.class);

        assertThat(ran).hasSize(2);
        Message told = model.requests().getLast().messages().getLast();
        assertThat(told.parts()).singleElement().isInstanceOfSatisfying(Part.ToolResult.class, result -> {
            assertThat(result.success()).isFalse();
            assertThat(result.result().path("error").asString()).contains("it was not run", "test.read");
        });
    }

    @Test
    void onceMoreEndsTheRunAndEveryCallIsAnswered() {
        reads(1);
        reads(1);
        reads(1);
        model.turn(turn -> turn.calls("test.read", "{\"path\":\"a\",\"line\":1}")
                .calls("test.read", "{\"path\":\"a\",\"line\":2}"));

        assertThat(run())
                .isEqualTo(new RunFailed(new LimitReached(
                        "the run was stopped because it made the same call of test.read again and again",
                        "identicalToolCalls",
                        3)));
        assertThat(ran).hasSize(2);
        var session = store.sessions()
                .list(Principal.LOCAL, SessionQuery.latest(1))
                .sessions()
                .get(0);
        List<Message> history = store.sessions().transcript(session.id()).messages().stream()
                .map(stored -> stored.message())
                .toList();
        LegalHistory.check(Normaliser.normalise(history));
        assertThat(history.stream()
                        .flatMap(message -> message.parts().stream())
                        .filter(Part.ToolResult.class::isInstance))
                .hasSize(5);
    }

    @Test
    void twoCallsInTurnAreNoticedToo() {
        for (int i = 0; i < 20; i++) {
            reads(i % 2);
        }

        assertThat(run())
                .isInstanceOfSatisfying(
                        RunFailed.class, end -> assertThat(end.error()).isInstanceOf(LimitReached.class));
        assertThat(ran).hasSize(14);
        assertThat(model.requests()).hasSize(17);
    }

    @Test
    void theSameCallWithOthersInBetweenIsFine() {
        limits = new Limits(60, 3);
        for (int i = 0; i < 30; i++) {
            reads(i % 3);
        }
        model.says("done");

        assertThat(run()).isInstanceOf(RunCompleted.class);
        assertThat(ran).hasSize(30);
    }

    @Test
    void aPauseMakesTwoMoreFine() {
        reads(1);
        reads(1);
        reads(2);
        reads(1);
        reads(1);
        model.says("done");

        assertThat(run()).isInstanceOf(RunCompleted.class);
        assertThat(ran).hasSize(5);
    }

    @Test
    void endlessNewCallsMeetTheLimitOfTurns() {
        limits = new Limits(12, 3);
        for (int i = 0; i < 13; i++) {
            reads(i);
        }

        assertThat(run())
                .isEqualTo(new RunFailed(new LimitReached("the run reached its limit of 12 turns", "maxTurns", 12)));
    }

    @Test
    void theLimitsCanBeSet() {
        limits = new Limits(40, 3, 2, 40);
        reads(1);
        reads(1);
        reads(1);

        assertThat(run())
                .isInstanceOfSatisfying(
                        RunFailed.class,
                        end -> assertThat(((LimitReached) end.error()).value()).isEqualTo(2));
        assertThat(ran).hasSize(1);
    }
}
