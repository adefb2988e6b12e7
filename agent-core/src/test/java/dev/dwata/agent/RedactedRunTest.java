package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A run in which everybody tells a secret (P17, N7, G15): nobody who reads the session gets to know it.
class RedactedRunTest {
    private static final String SECRET = "canary-7Qx2Lm9Zr4";

    private final InMemoryStore store = new InMemoryStore();
    private final ScriptedModel model = new ScriptedModel();
    private final List<String> written = new ArrayList<>();

    private record Text(String text) {}

    private final Tool reads =
            tool("test.reads", Effect.PURE, text -> ToolOutcome.success(Map.of("line", "k=" + SECRET)));
    private final Tool writes = tool("test.writes", Effect.ONCE, text -> {
        written.add(text);
        return ToolOutcome.success(Map.of());
    });
    private final Tool fails = tool("test.fails", Effect.ONCE, text -> {
        throw new IllegalStateException("no luck with " + SECRET);
    });

    private interface Work {
        ToolOutcome on(String text);
    }

    private static Tool tool(String name, Effect effect, Work work) {
        return Tool.of(
                new ToolSpec.Head(name, "For a test.", effect, Approval.AUTO),
                Text.class,
                (arguments, context) -> work.on(arguments.text()));
    }

    private LocalRuntime runtime(Redaction redaction) {
        return AgentRuntime.builder()
                .model(new Model("scripted", "script", model))
                .store(store)
                .tools(List.of(reads, writes, fails))
                .policy(ToolPolicy.allowAll())
                .redaction(redaction)
                .build();
    }

    private List<AgentEvent> events(Session session) {
        return store.log().read(session.id(), 0, 1_000).stream()
                .map(Envelope::event)
                .toList();
    }

    private static String everything(List<AgentEvent> events) {
        return events.stream().map(EventCodec::payload).collect(Collectors.joining("\n"));
    }

    @Test
    void hidesASecretThatTheModelSaysInPieces() {
        for (int cut = 1; cut < SECRET.length(); cut++) {
            int at = cut;
            model.turn(turn -> turn.thinks("Hm, " + SECRET.substring(0, at), SECRET.substring(at) + ".")
                    .says("It is ", SECRET.substring(0, at), SECRET.substring(at), ", so", " there"));
        }
        try (LocalRuntime runtime = runtime(Redaction.of(List.of(SECRET)))) {
            for (int cut = 1; cut < SECRET.length(); cut++) {
                Session session = runtime.createSession();

                AgentEvent.Terminal end = session.prompt("What is it?").await();

                assertThat(end)
                        .isInstanceOfSatisfying(
                                RunCompleted.class,
                                done -> assertThat(done.content()).isEqualTo("It is [redacted], so there"));
                List<AgentEvent> events = events(session);
                assertThat(text(events)).isEqualTo("It is [redacted], so there");
                assertThat(thoughts(events)).isEqualTo("Hm, [redacted].");
                assertThat(everything(events)).doesNotContain("7Qx2Lm9Zr4", "canary-");
            }
        }
    }

    private static String text(List<AgentEvent> events) {
        return events.stream()
                .filter(Token.class::isInstance)
                .map(event -> ((Token) event).content())
                .collect(Collectors.joining());
    }

    private static String thoughts(List<AgentEvent> events) {
        return events.stream()
                .filter(Reasoning.class::isInstance)
                .map(event -> ((Reasoning) event).content())
                .collect(Collectors.joining());
    }

    @Test
    void showsWhatWasHeldBackWhenItWasNoSecretAfterAll() {
        model.says("A little canary-7").turn(turn -> turn.says("and canary-").cuts());
        try (LocalRuntime runtime = runtime(Redaction.of(List.of(SECRET)))) {
            Session session = runtime.createSession();
            session.prompt("Which bird?").await();
            session.prompt("And?").await();

            assertThat(text(events(session))).isEqualTo("A little canary-7and canary-");
        }
    }

    @Test
    void tellsNeitherTheLogNorTheModelWhatAToolFound() {
        model.calls("test.reads", "{\"text\":\"x\"}")
                .calls("test.fails", "{\"text\":\"x\"}")
                .says("Done.");
        try (LocalRuntime runtime = runtime(Redaction.of(List.of(SECRET)))) {
            Session session = runtime.createSession();

            session.prompt("Try " + SECRET).await();

            assertThat(events(session))
                    .filteredOn(ToolReturned.class::isInstance)
                    .extracting(event -> ((ToolReturned) event).result().toString())
                    .containsExactly(
                            "{\"success\":true,\"line\":\"k=[redacted]\"}",
                            "{\"success\":false,\"error\":\"test.fails failed: java.lang.IllegalStateException: no luck"
                                    + " with [redacted]\"}");
            assertThat(everything(events(session))).doesNotContain(SECRET);
            assertThat(model.requests().toString()).doesNotContain(SECRET).contains("Try [redacted]");
            assertThat(runtime.sessions(SessionQuery.latest(10)).toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void runsAToolWithWhatTheModelSaidAndShowsItWithoutTheSecret() {
        model.calls("test.writes", "{\"text\":\"token " + SECRET + "\"}").says("Done.");
        try (LocalRuntime runtime = runtime(Redaction.of(List.of(SECRET)))) {
            Session session = runtime.createSession();

            session.prompt("Write.").await();

            assertThat(written).containsExactly("token " + SECRET);
            assertThat(events(session))
                    .filteredOn(ToolCalled.class::isInstance)
                    .extracting(event -> ((ToolCalled) event).arguments().toString())
                    .containsExactly("{\"text\":\"token [redacted]\"}");
        }
    }

    @Test
    void doesNotLetTheMarkBeWrittenOverTheSecretItStandsFor() {
        model.calls("test.writes", "{\"text\":\"k=[redacted]\"}").says("Then not.");
        try (LocalRuntime runtime = runtime(Redaction.byShape())) {
            Session session = runtime.createSession();

            session.prompt("Write it back.").await();

            assertThat(written).isEmpty();
            assertThat(events(session))
                    .filteredOn(ToolReturned.class::isInstance)
                    .extracting(event -> ((ToolReturned) event).error())
                    .containsExactly(RedactedOutcome.WITHHELD);
        }
    }

    @Test
    void hidesASecretInWhatAProviderOrADefectSays() {
        model.fails(new AgentError.ModelRejected("bad key " + SECRET, 401));
        try (LocalRuntime runtime = runtime(Redaction.of(List.of(SECRET)))) {
            AgentEvent.Terminal end = runtime.createSession().prompt("Hello").await();

            assertThat(end).isEqualTo(new RunFailed(new AgentError.ModelRejected("bad key [redacted]", 401)));
        }
    }

    @Test
    void knowsByDefaultWhatASecretLooksLikeAndNothingWhereItIsOff() {
        String key = "sk-proj-abcdefghijklmnopqrstuvwxyz";
        model.says("It is sk-proj-abcd", "efghijklmnopqrstuvwxyz.").says("It is " + key);
        try (LocalRuntime runtime = AgentRuntime.builder()
                        .model(new Model("scripted", "script", model))
                        .store(store)
                        .build();
                LocalRuntime open = runtimeOver(new InMemoryStore(), Redaction.none())) {
            assertThat(content(runtime.createSession().prompt("Which?").await()))
                    .isEqualTo("It is [redacted].");
            assertThat(content(open.createSession().prompt("Which?").await())).isEqualTo("It is " + key);
        }
    }

    private LocalRuntime runtimeOver(InMemoryStore other, Redaction redaction) {
        return AgentRuntime.builder()
                .model(new Model("scripted", "script", model))
                .store(other)
                .redaction(redaction)
                .build();
    }

    private static String content(AgentEvent.Terminal end) {
        return ((RunCompleted) end).content();
    }
}
