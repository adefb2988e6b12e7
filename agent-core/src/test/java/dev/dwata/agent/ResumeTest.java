package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.CrashSimulation;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.Message;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A run is cut off after every entry of its log in turn, and carried on by the next process.
@Timeout(60)
class ResumeTest {
    private final AtomicInteger paid = new AtomicInteger();
    private final AtomicInteger looked = new AtomicInteger();

    private record Text(String text) {}

    private Tool tool(String name, Effect effect, AtomicInteger count) {
        return Tool.of(
                new ToolSpec.Head(name, "For a test.", effect, Approval.AUTO),
                Text.class,
                (arguments, context) -> ToolOutcome.success(Map.of("count", count.incrementAndGet())));
    }

    private static ScriptedModel script() {
        return new ScriptedModel()
                .turn(turn -> turn.says("I look ", "and pay.")
                        .calls("test.look", "{\"text\":\"a\"}")
                        .calls("test.pay", "{\"text\":\"b\"}"))
                .says("Looked ", "and paid.");
    }

    private LocalRuntime runtime(InMemoryStore store, Models models) {
        return AgentRuntime.builder()
                .models(models)
                .store(store)
                .policy(ToolPolicy.allowAll())
                .tools(tools())
                .build();
    }

    private List<Tool> tools() {
        return List.of(tool("test.look", Effect.PURE, looked), tool("test.pay", Effect.ONCE, paid));
    }

    /// A whole run, never interrupted.
    private InMemoryStore original() {
        InMemoryStore store = new InMemoryStore();
        runtime(store, script().asModels())
                .createSession()
                .prompt("Look and pay.")
                .await();
        return store;
    }

    private static SessionId onlySession(InMemoryStore store) {
        return store.sessions()
                .list(Principal.LOCAL, SessionQuery.latest(1))
                .sessions()
                .getFirst()
                .id();
    }

    @Test
    void carriesARunOnFromWhereverItWasCutOff_P2_P3_P4_P5_P15() throws Exception {
        CrashSimulation.Result result = CrashSimulation.of(() -> script().byConversation(), "Look and pay.")
                .tools(this::tools)
                .check(session -> {
                    assertThat(((AgentEvent.RunCompleted)
                                            session.after().getLast().event())
                                    .content())
                            .isEqualTo("Looked and paid.");
                    boolean payBegun = session.before().stream().anyMatch(entry -> called(entry, "test.pay"));
                    assertThat(paid.getAndSet(0)).isEqualTo(payBegun ? 0 : 1);
                })
                .twice()
                .run();

        assertThat(result.log()).hasSize(12);
    }

    private record Looked(int count) {}

    @Test
    void aRunThatIsCarriedOnStillAnswersInTheFormThatWasAskedFor() throws Exception {
        InMemoryStore store = new InMemoryStore();
        ScriptedModel first =
                new ScriptedModel().calls("test.look", "{\"text\":\"a\"}").says("{\"count\":1}");
        Session asked = runtime(store, first.asModels()).createSession();
        assertThat(asked.ask("Look.", Looked.class).value()).isEqualTo(new Looked(1));
        long returned = store.log().read(asked.id(), 0, 100).stream()
                .filter(entry -> entry.event() instanceof AgentEvent.ToolReturned)
                .findFirst()
                .orElseThrow()
                .seq();

        ScriptedModel second = new ScriptedModel().says("I looked once.").says("{\"count\":1}");
        List<Envelope> all = carryOn(store.crashedAfter(Principal.LOCAL, asked.id(), returned), second, asked.id());

        assertThat(second.requests())
                .hasSize(2)
                .allMatch(request -> first.requests().getFirst().outputSchema().equals(request.outputSchema()));
        assertThat(((AgentEvent.RunCompleted) all.getLast().event()).content()).isEqualTo("{\"count\":1}");
    }

    @Test
    void saysThatAnOutcomeIsUnknownInsteadOfRepeatingIt_A4() throws Exception {
        InMemoryStore store = original();
        SessionId session = onlySession(store);
        long called = store.log().read(session, 0, 100).stream()
                .filter(entry -> called(entry, "test.pay"))
                .findFirst()
                .orElseThrow()
                .seq();
        paid.set(0);

        List<Envelope> all = carryOn(
                store.crashedAfter(Principal.LOCAL, session, called),
                new ScriptedModel().says("I will check."),
                session);

        assertThat(all)
                .filteredOn(entry -> entry.event() instanceof AgentEvent.ToolReturned)
                .last()
                .satisfies(entry -> assertThat(((AgentEvent.ToolReturned) entry.event()).error())
                        .startsWith("outcome unknown"));
        assertThat(paid).hasValue(0);
    }

    @Test
    void givesUpOnARunThatEndsItsProcessEveryTime_A8() throws Exception {
        InMemoryStore store = original();
        SessionId session = onlySession(store);
        InMemoryStore left = store.crashedAfter(Principal.LOCAL, session, 2);
        for (int crash = 0; crash < 2; crash++) {
            ScriptedModel never = new ScriptedModel().turn(turn -> turn.waits(new Gate()));
            LocalRuntime runtime = runtime(left, never.asModels());
            try (EventStream events = runtime.session(session).events(0)) {
                awaitEvent(events, AgentEvent.RunResumed.class, crash + 1);
            }
            left = left.crashedAfter(Principal.LOCAL, session, left.log().headSeq(session));
            runtime.close();
        }

        List<Envelope> all = carryOn(left, new ScriptedModel(), session);

        assertThat(((AgentEvent.RunFailed) all.getLast().event()).error())
                .isInstanceOfSatisfying(
                        AgentError.Interrupted.class,
                        error -> assertThat(error.message()).startsWith("crash_loop"));
    }

    @Test
    void takesWhatWasWaitingUpAgainInItsOrder_P2() throws Exception {
        InMemoryStore store = new InMemoryStore();
        ScriptedModel stuck = new ScriptedModel().turn(turn -> turn.waits(new Gate()));
        LocalRuntime first = runtime(store, stuck.asModels());
        Session session = first.createSession();
        session.prompt("one");
        session.prompt("two");
        InMemoryStore left = store.crashedAfter(Principal.LOCAL, session.id(), 2);
        first.close();

        ScriptedModel model = new ScriptedModel().says("1").says("2");
        LocalRuntime next = runtime(left, model.asModels());
        try (EventStream events = next.session(session.id()).events(0)) {
            awaitEvent(events, AgentEvent.RunCompleted.class, 2);
        }

        assertThat(model.requests().getLast().messages())
                .extracting(Message::text)
                .containsExactly("one", "1", "two");
        next.close();
    }

    @Test
    void leavesOtherSessionsAloneWhenItOnlyAnswersOneQuestion() throws Exception {
        InMemoryStore store = original();
        SessionId session = onlySession(store);
        InMemoryStore left = store.crashedAfter(Principal.LOCAL, session, 3);
        Gate gate = new Gate();
        ScriptedModel model = new ScriptedModel()
                .says("elsewhere")
                .turn(turn -> turn.waits(gate).says("carried on"))
                .says("here");
        try (LocalRuntime runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(left)
                .recoverOnUse()
                .build()) {
            runtime.createSession().prompt("Something else.").await();
            assertThat(left.log().headSeq(session)).isEqualTo(3);

            Run run = runtime.session(session).prompt("And here?");
            gate.open();

            assertThat(run.position()).isEqualTo(1);
            assertThat(((AgentEvent.RunCompleted) run.await()).content()).isEqualTo("here");
            assertThat(model.requests().getLast().messages())
                    .extracting(Message::text)
                    .containsExactly("Look and pay.", "carried on", "And here?");
        }
    }

    private List<Envelope> carryOn(InMemoryStore left, ScriptedModel model, SessionId session) throws Exception {
        LocalRuntime runtime = runtime(left, model.asModels());
        try (EventStream events = runtime.session(session).events(0)) {
            awaitEvent(events, AgentEvent.Terminal.class, 1);
        }
        return left.log().read(session, 0, 100);
    }

    private static void awaitEvent(EventStream events, Class<?> type, int times) throws InterruptedException {
        for (int seen = 0; seen < times; ) {
            Envelope next = events.next(Duration.ofSeconds(20));
            assertThat(next).as("%s within 20 s", type.getSimpleName()).isNotNull();
            if (type.isInstance(next.event())) {
                seen++;
            }
        }
    }

    private static boolean called(Envelope entry, String tool) {
        return entry.event() instanceof AgentEvent.ToolCalled call
                && call.toolName().equals(tool);
    }
}
