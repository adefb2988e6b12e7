package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScriptedModelTest {
    private final List<ModelDelta> deltas = new ArrayList<>();

    @Test
    void saysItsTurnsInOrderAndInTheGivenPieces() throws Exception {
        ScriptedModel model = new ScriptedModel()
                .turn(t -> t.thinks("So ", "short.").says("Hel", "lo"))
                .says("Bye");

        ModelReply first = ask(model, "Hi");
        ModelReply second = ask(model, "Bye");

        assertThat(first)
                .isEqualTo(new ModelReply(
                        List.of(new Part.Reasoning("So short.", null), new Part.Text("Hello")),
                        TokenUsage.ZERO,
                        StopReason.END_TURN));
        assertThat(second.message()).isEqualTo(Message.assistant("Bye"));
        assertThat(deltas)
                .containsExactly(
                        new ModelDelta.Reasoning("So "),
                        new ModelDelta.Reasoning("short."),
                        new ModelDelta.Text("Hel"),
                        new ModelDelta.Text("lo"),
                        new ModelDelta.Text("Bye"));
        assertThat(model.requests()).containsExactly(request("Hi"), request("Bye"));
        assertThat(model.remaining()).isZero();
    }

    @Test
    void callsSeveralToolsInOneTurnUnderIdsOfTheirOwn() throws Exception {
        ScriptedModel model = new ScriptedModel()
                .turn(t -> t.says("Both.").calls("a.b", "{\"n\":1}").calls("a.c", "{}"))
                .calls("a.d", "{}");

        assertThat(ask(model, "go"))
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Text("Both."),
                                new Part.ToolCall("call_1", "a.b", json("{\"n\":1}")),
                                new Part.ToolCall("call_2", "a.c", json("{}"))),
                        TokenUsage.ZERO,
                        StopReason.TOOL_USE));
        assertThat(ask(model, "on").message().toolCalls())
                .containsExactly(new Part.ToolCall("call_3", "a.d", json("{}")));
    }

    @Test
    void passesArgumentsThatAreNoObjectOnAsTheirRawText() throws Exception {
        ScriptedModel model =
                new ScriptedModel().turn(t -> t.calls("a.b", "{\"n\":").calls("a.b", "[1]"));

        assertThat(ask(model, "go").message().toolCalls())
                .extracting(call -> call.arguments().stringValue())
                .containsExactly("{\"n\":", "[1]");
    }

    @Test
    void reportsTheUsageAndStopReasonItWasGiven() throws Exception {
        TokenUsage usage = new TokenUsage(7, 3, 2, 0.5);
        ScriptedModel model =
                new ScriptedModel().turn(t -> t.says("I").uses(usage).stops(StopReason.MAX_TOKENS));

        assertThat(ask(model, "go"))
                .isEqualTo(new ModelReply(List.of(new Part.Text("I")), usage, StopReason.MAX_TOKENS));
    }

    @Test
    void failsAsScriptedAndGoesOnWithTheNextTurn() throws Exception {
        AgentError busy = new AgentError.ModelUnavailable("busy", null);
        ScriptedModel model = new ScriptedModel().fails(busy).cutsAfter("Hel").says("Hello");

        assertThat(failure(model)).isEqualTo(busy);
        assertThat(failure(model)).isEqualTo(new AgentError.StreamIncomplete("the scripted stream was cut"));
        assertThat(ask(model, "again").message()).isEqualTo(Message.assistant("Hello"));
        assertThat(deltas).containsExactly(new ModelDelta.Text("Hel"), new ModelDelta.Text("Hello"));
    }

    @Test
    void saysSoWhenAskedMoreOftenThanScripted() throws Exception {
        ScriptedModel model = new ScriptedModel().says("one");
        ask(model, "first");

        assertThat(failure(model).message())
                .startsWith("the script has 1 turns, and the model was asked 2 times; the latest message was ")
                .contains("fail");
    }

    @Test
    void waitsAtAGateUntilItIsOpened() throws Exception {
        Gate gate = new Gate();
        ScriptedModel model =
                new ScriptedModel().turn(t -> t.says("Hel").waits(gate).says("lo"));
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                ask(model, "go");
                done.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        gate.awaitArrival();
        assertThat(deltas).containsExactly(new ModelDelta.Text("Hel"));
        assertThat(done.getCount()).isEqualTo(1);

        gate.open();
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(deltas).containsExactly(new ModelDelta.Text("Hel"), new ModelDelta.Text("lo"));
    }

    @Test
    void isInterruptedAtAGate() throws Exception {
        Gate gate = new Gate();
        ScriptedModel model =
                new ScriptedModel().turn(t -> t.says("Hel").waits(gate).says("lo"));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                ask(model, "go");
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });

        gate.awaitArrival();
        asking.interrupt();
        assertThat(asking.join(java.time.Duration.ofSeconds(30))).isTrue();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(deltas).containsExactly(new ModelDelta.Text("Hel"));
    }

    @Test
    void isTheOnlyModelForEveryName() throws Exception {
        ScriptedModel model = new ScriptedModel().says("me");

        assertThat(model.asModels().choose("anthropic/anything").client()).isSameAs(model);
        assertThat(model.asModels().list()).extracting(info -> info.id()).containsExactly("scripted/script");
    }

    @Test
    void refusesAnEmptyDelta() {
        assertThatThrownBy(() -> new ScriptedModel().says("a", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a delta is never empty");
    }

    private ModelReply ask(ScriptedModel model, String text) throws InterruptedException {
        return model.stream(request(text), deltas::add);
    }

    private AgentError failure(ScriptedModel model) {
        return assertThatExceptionOfType(AgentException.class)
                .isThrownBy(() -> ask(model, "fail"))
                .actual()
                .error();
    }

    private static ModelRequest request(String text) {
        return new ModelRequest("script", null, List.of(Message.user(text)), List.of(), null);
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
