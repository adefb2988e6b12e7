package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CrashSimulationTest {
    private record To(String to) {}

    private static Tool tool(String name, Effect effect) {
        return Tool.of(
                new ToolSpec.Head(name, "For a test.", effect, Approval.AUTO),
                To.class,
                (arguments, context) -> ToolOutcome.success(Map.of("done", arguments.to())));
    }

    private static List<Tool> tools() {
        return List.of(
                tool("money.balance", Effect.PURE),
                tool("money.pay", Effect.ONCE),
                tool("money.book", Effect.IDEMPOTENT));
    }

    private final Tool pay = tool("money.pay", Effect.ONCE);

    private static ScriptedModel script() {
        return new ScriptedModel()
                .turn(turn -> turn.thinks("First ", "look.")
                        .says("I look ", "and pay.")
                        .calls("money.balance", "{\"to\":\"me\"}")
                        .calls("money.pay", "{\"to\":\"Ada\"}")
                        .calls("money.book", "{\"to\":\"Ada\"}"))
                .turn(turn -> turn.calls("money.pay", "{\"to\":\"Bob\"}"))
                .says("Both ", "are paid.")
                .says("That ", "was all.")
                .byConversation();
    }

    // region crash-simulation
    @Test
    void paysOnceWhateverHappens() throws Exception {
        CrashSimulation.of(this::model, "Pay Ada.").tools(() -> List.of(pay)).run();
    }

    private ScriptedModel model() {
        return new ScriptedModel()
                .calls("money.pay", "{\"to\":\"Ada\"}")
                .says("Ada ", "is paid.")
                .byConversation();
    }
    // endregion

    @Test
    void crashesAfterEveryEntryAndAgainWhileItRecovers() throws Exception {
        CrashSimulation.Result once = CrashSimulation.of(CrashSimulationTest::script, "Pay both.", "Was that all?")
                .tools(CrashSimulationTest::tools)
                .run();
        CrashSimulation.Result twice = CrashSimulation.of(CrashSimulationTest::script, "Pay both.", "Was that all?")
                .tools(CrashSimulationTest::tools)
                .twice()
                .run();

        assertThat(once.crashes()).isEqualTo(once.log().size()).isGreaterThan(20);
        assertThat(twice.crashes()).isGreaterThan(once.crashes() * once.crashes() / 2);
    }

    @Test
    void crashesWithRunsThatWait() throws Exception {
        CrashSimulation.Result result = CrashSimulation.of(
                        () -> new ScriptedModel()
                                .says("One.")
                                .says("Two.")
                                .says("Three.")
                                .byConversation(),
                        "one",
                        "two",
                        "three")
                .atOnce()
                .check(session -> assertThat(session.after())
                        .extracting(entry -> entry.event() instanceof RunCompleted end ? end.content() : "")
                        .containsSubsequence("One.", "Two.", "Three."))
                .twice()
                .run();

        assertThat(result.crashes()).isGreaterThan(50);
    }

    @Test
    void survivesRunsThatFail() throws Exception {
        CrashSimulation.of(
                        () -> new ScriptedModel()
                                .turn(turn -> turn.says("I ").fails(new AgentError.ModelUnavailable("busy", null)))
                                .byConversation(),
                        "Try.")
                .check(session -> assertThat(session.after().getLast().event()).isInstanceOf(RunFailed.class))
                .run();
    }

    @Test
    void saysAfterWhichEntryWhatDidNotHoldAndShowsTheLog() {
        assertThatThrownBy(() -> CrashSimulation.of(
                                () -> new ScriptedModel().says("Hi.").byConversation(), "Hello")
                        .check(session -> {
                            if (session.after().stream().anyMatch(entry -> entry.event() instanceof RunInterrupted)) {
                                throw new AssertionError("it was interrupted");
                            }
                        })
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a crash after entry 2 (token): it was interrupted\nThe log:\n")
                .hasMessageContaining("\n   3 run_interrupted {");
    }

    @Test
    void findsARunThatDoesNotEnd() {
        ModelClient stuck = new ScriptedModel().turn(turn -> turn.waits(new Gate()));

        assertThatThrownBy(() -> CrashSimulation.of(() -> stuck, "Hello")
                        .within(Duration.ofMillis(200))
                        .run())
                .hasMessageContaining("did not end within PT0.2S");
    }

    @Test
    void wantsSomethingToBeSaid() {
        assertThatThrownBy(() -> CrashSimulation.of(ScriptedModel::new))
                .hasMessage("a scenario needs at least one message");
    }
}
