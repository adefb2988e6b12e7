package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.context.Compaction;
import dev.dwata.agent.context.Tokens;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.LegalHistory;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ContextCompacted;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// H11, P4, P15: a conversation that outgrows the model's window goes on, with nothing lost but words.
@Timeout(60)
class CompactionTest {
    private static final int WINDOW = 4_000;

    private final SmallModel model = new SmallModel();
    private final InMemoryStore store = new InMemoryStore();

    record Path(String path) {}

    @Test
    void aSessionOfAThousandTurnsStaysWithinTheWindow() {
        int longest = 0;
        try (AgentRuntime runtime = runtime(WINDOW)) {
            Session session = runtime.createSession();
            answer(session, "FACT: the launch code is 7319. Remember it.");
            for (int i = 1; i < 1_000; i++) {
                answer(session, "Question number " + i + ": " + "what about it? ".repeat(8));
            }
            answer(session, "What was the launch code?");

            assertThat(session.history(1, null).messages().getFirst().message().text())
                    .contains("7319");
            assertThat(count(session)).isEqualTo(2_002);
            assertThat(compactions(session))
                    .hasSizeBetween(10, 200)
                    .allSatisfy(compacted -> assertThat(compacted.tokensAfter()).isLessThan(compacted.tokensBefore()));
        }
        for (ModelRequest request : model.requests()) {
            LegalHistory.check(request.messages());
            longest = Math.max(longest, tokens(request.messages()));
        }
        assertThat(longest).isLessThanOrEqualTo(WINDOW);
    }

    @Test
    void theBeginningStaysTheSameUntilItIsShortened() {
        int shortened;
        try (AgentRuntime runtime = runtime(WINDOW)) {
            Session session = runtime.createSession();
            for (int i = 1; i < 150; i++) {
                answer(session, "Question number " + i + ": " + "what about it? ".repeat(8));
            }
            shortened = compactions(session).size();
        }
        int anew = 0;
        List<Message> before = List.of();
        for (ModelRequest request : model.questions()) {
            if (request.messages().size() < before.size()
                    || !request.messages().subList(0, before.size()).equals(before)) {
                anew++;
            }
            before = request.messages();
        }
        assertThat(anew).isEqualTo(shortened).isPositive();
    }

    @Test
    void aRunThatFillsTheWindowAloneIsCutBetweenItsCalls() {
        model.reads(40);
        try (AgentRuntime runtime = runtime(WINDOW)) {
            Session session = runtime.createSession();

            RunCompleted done = answer(session, "Read all forty chapters and tell me how it ends, please.");

            assertThat(done.content()).isEqualTo("All read.");
            ContextCompacted last = compactions(session).getLast();
            assertThat(last.filesRead())
                    .contains("chapter-1.txt", "chapter-20.txt")
                    .doesNotHaveDuplicates();
            assertThat(last.openTasks()).containsExactly("go on reading");
            assertThat(last.summary()).contains("Read all forty chapters and tell me how it ends, please.");
            assertThat(done.usage().outputTokens())
                    .isEqualTo(store.runs()
                            .list(session.id(), 1)
                            .getFirst()
                            .usage()
                            .outputTokens());
        }
        model.requests().forEach(request -> LegalHistory.check(request.messages()));
        assertThat(model.requests())
                .allSatisfy(request -> assertThat(tokens(request.messages())).isLessThanOrEqualTo(WINDOW));
    }

    @Test
    void anotherProcessGoesOnFromTheSummary() {
        try (AgentRuntime runtime = runtime(WINDOW)) {
            Session session = runtime.createSession();
            answer(session, "FACT: the launch code is 7319.");
            for (int i = 1; i < 120; i++) {
                answer(session, "Question number " + i + ": " + "what about it? ".repeat(8));
            }
            int asked = model.requests().size();
            long written = model.summaries();

            try (AgentRuntime second = runtime(WINDOW)) {
                answer(second.session(session.id()), "What was the launch code?");
            }

            ModelRequest first = model.requests().get(asked);
            assertThat(model.summaries()).isEqualTo(written);
            assertThat(first.messages().getFirst().text()).contains("<summary>", "7319");
            assertThat(first.messages()).hasSizeLessThan(120);
        }
    }

    @Test
    void whatWaitsInTheQueueIsNotSummarisedAway() throws InterruptedException {
        model.reads(40);
        model.hold();
        try (AgentRuntime runtime = runtime(WINDOW)) {
            Session session = runtime.createSession();
            try (Run first = session.prompt("Read all forty chapters.");
                    Run second = session.prompt("And who is the gardener?")) {
                model.go();
                assertThat(first.await()).isInstanceOf(RunCompleted.class);
                assertThat(second.await()).isInstanceOf(RunCompleted.class);
            }
        }
        List<Integer> seen = model.questions().stream()
                .map(request ->
                        request.messages().stream().map(Message::text).toList().indexOf("And who is the gardener?"))
                .filter(place -> place >= 0)
                .toList();
        assertThat(seen).isNotEmpty();
        assertThat(model.questions()
                        .get(model.questions().size() - seen.size())
                        .messages()
                        .getLast()
                        .text())
                .isEqualTo("And who is the gardener?");
    }

    @Test
    void aProviderThatSaysTooLongIsAskedAgainWithLess() {
        model.refusesAbove(1_500);
        try (AgentRuntime runtime = runtime(null)) {
            Session session = runtime.createSession();
            for (int i = 1; i < 80; i++) {
                answer(session, "Question number " + i + ": " + "what about it? ".repeat(8));
            }
            assertThat(compactions(session)).isNotEmpty();
        }
    }

    @Test
    void aConversationThatCannotBeShortenedEndsTheRunAndIsKept() {
        model.refusesAbove(0);
        try (AgentRuntime runtime = runtime(null)) {
            Session session = runtime.createSession();

            RunFailed failed = (RunFailed) end(session, "x".repeat(5_000));

            assertThat(failed.error()).isInstanceOf(AgentError.ContextOverflow.class);
            assertThat(count(session)).isEqualTo(1);
            assertThat(model.requests()).hasSize(1);
        }
    }

    @Test
    void summariesThatAreEmptyAreTriedTwiceAndNoMore() {
        try (AgentRuntime runtime = runtime(WINDOW)) {
            Session session = runtime.createSession();
            model.summarisesAs("  ");
            AgentEvent.Terminal end = null;
            for (int i = 1; i < 200 && !(end instanceof RunFailed); i++) {
                end = end(session, "Question number " + i + ": " + "what about it? ".repeat(8));
            }
            assertThat(end).isInstanceOf(RunFailed.class);
            assertThat(((RunFailed) end).error()).isInstanceOf(AgentError.ContextOverflow.class);
            assertThat(model.summaries()).isEqualTo(2);
            assertThat(compactions(session)).isEmpty();
        }
    }

    @Test
    void summariesThatAreAsLongAsWhatTheyReplaceEndTheRun() {
        try (AgentRuntime runtime = runtime(WINDOW)) {
            Session session = runtime.createSession();
            model.summarisesAs("bla ".repeat(2_900));
            AgentEvent.Terminal end = null;
            for (int i = 1; i < 200 && !(end instanceof RunFailed); i++) {
                end = end(session, "Question number " + i + ": " + "what about it? ".repeat(8));
            }
            assertThat(end).isInstanceOf(RunFailed.class);
            assertThat(((RunFailed) end).error()).isInstanceOf(AgentError.ContextOverflow.class);
            assertThat(model.summaries()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void anotherModelMayWriteTheSummaries() {
        SmallModel writer = new SmallModel();
        Models both = new Models() {
            @Override
            public Model choose(@Nullable String id) {
                return "writer/one".equals(id)
                        ? new Model("writer", "one", writer, ModelFacts.window(2_000))
                        : new Model("small", "one", model, ModelFacts.window(WINDOW));
            }

            @Override
            public List<ModelInfo> list() {
                return List.of();
            }
        };
        try (AgentRuntime runtime = AgentRuntime.builder()
                .models(both)
                .compaction(new Compaction(1_000, 800, "writer/one"))
                .store(store)
                .build()) {
            Session session = runtime.createSession();
            answer(session, "FACT: the launch code is 7319.");
            for (int i = 1; i < 150; i++) {
                answer(session, "Question number " + i + ": " + "what about it? ".repeat(8));
            }
            assertThat(compactions(session))
                    .isNotEmpty()
                    .allSatisfy(compacted -> assertThat(compacted.model()).isEqualTo("writer/one"));
        }
        assertThat(model.summaries()).isZero();
        assertThat(writer.summaries()).isPositive();
    }

    private AgentRuntime runtime(@Nullable Integer window) {
        ModelFacts facts = window == null ? ModelFacts.UNKNOWN : ModelFacts.window(window);
        return AgentRuntime.builder()
                .model(new Model("small", "one", model, facts))
                .compaction(new Compaction(1_000, 800, null))
                .tools(List.of(reading()))
                .limits(new Limits(100, 3))
                .store(store)
                .build();
    }

    private static Tool reading() {
        return Tool.of(
                new ToolSpec.Head("filesystem.read", "Reads a file.", Effect.PURE, Approval.AUTO),
                Path.class,
                (arguments, context) -> ToolOutcome.success(
                        Map.of("content", "Text of " + arguments.path() + ". " + "And so on. ".repeat(60))));
    }

    private static RunCompleted answer(Session session, String message) {
        AgentEvent.Terminal end = end(session, message);
        assertThat(end).isInstanceOf(RunCompleted.class);
        return (RunCompleted) end;
    }

    private static AgentEvent.Terminal end(Session session, String message) {
        try (Run run = session.prompt(message)) {
            return run.await();
        }
    }

    private static int tokens(List<Message> messages) {
        return (int) messages.stream().mapToLong(Tokens::of).sum();
    }

    private static long count(Session session) {
        return session.info().messageCount();
    }

    private static List<ContextCompacted> compactions(Session session) {
        List<ContextCompacted> found = new ArrayList<>();
        long head = session.info().headSeq();
        try (EventStream events = session.events(0)) {
            for (long seq = 0; seq < head; ) {
                var envelope = events.next(Duration.ofSeconds(10));
                assertThat(envelope).isNotNull();
                seq = Math.max(seq, envelope.seq());
                if (envelope.event() instanceof ContextCompacted compacted) {
                    found.add(compacted);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return found;
    }
}
