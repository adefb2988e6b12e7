package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Answer;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.AgentIdentity;
import dev.dwata.types.AgentState;
import dev.dwata.types.AgentStatus;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.ErrorCode;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.PresenceColors;
import dev.dwata.types.ProcessId;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.ToolCallStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What every [AgentRuntime] does, in this JVM and over a gateway.
@Timeout(60)
public abstract class AgentRuntimeContract extends FollowingContract {
    @Test
    void answersAPromptAndSaysHowInOrder() throws Exception {
        model.turn(turn -> turn.thinks("Hm.").says("Four", ", of course."));

        List<AgentEvent> events = stored(runtime().createSession().prompt("2 + 2?"));

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("MessageReceived", "Reasoning", "Token", "Token", "TurnCompleted", "RunCompleted");
        assertThat(events.get(2)).isEqualTo(new AgentEvent.Token("Four", 1));
        assertThat(((AgentEvent.RunCompleted) events.getLast()).content()).isEqualTo("Four, of course.");
    }

    @Test
    void runsToolsAndGivesTheirResultsToTheModel() throws Exception {
        model.calls("test.echo", "{\"text\":\"hello\"}").says("It said hello.");

        List<AgentEvent> events = stored(runtime().createSession().prompt("Echo hello."));

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "MessageReceived",
                        "TurnCompleted",
                        "ToolCalled",
                        "ToolReturned",
                        "Token",
                        "TurnCompleted",
                        "RunCompleted");
        AgentEvent.ToolReturned returned = (AgentEvent.ToolReturned) events.get(3);
        assertThat(returned.success()).isTrue();
        assertThat(returned.result().toString()).isEqualTo("{\"success\":true,\"said\":\"hello\"}");
        assertThat(model.requests().getLast().messages()).hasSize(3);
    }

    @Test
    void goesOnAfterAFailedToolAndReportsTheError_S4_230() throws Exception {
        model.calls("test.echo", "{\"text\":\"fail\"}").calls("test.echo", "{}").says("I gave up.");

        List<AgentEvent> events = stored(runtime().createSession().prompt("Fail."));

        assertThat(events)
                .filteredOn(AgentEvent.ErrorReported.class::isInstance)
                .containsExactly(
                        new AgentEvent.ErrorReported(new AgentError.ToolFailed("test.echo: it was told to")),
                        new AgentEvent.ErrorReported(new AgentError.ToolFailed("test.echo: 'text' is required")));
        assertThat(events.getLast()).isInstanceOf(AgentEvent.RunCompleted.class);
    }

    @Test
    void endsARunThatTheModelRefuses_S4_231() throws Exception {
        model.fails(new AgentError.ModelRejected("the key is not valid", 401));

        AgentEvent.Terminal end = runtime().createSession().prompt("Hi").await();

        AgentError error = ((AgentEvent.RunFailed) end).error();
        assertThat(error).isEqualTo(new AgentError.ModelRejected("the key is not valid", 401));
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void showsTheModelTheWholeConversation() throws Exception {
        model.says("Hello, Ada.").says("Ada.");
        Session session = runtime().createSession();

        session.prompt("I am Ada.").await();
        session.prompt("Who am I?").await();

        assertThat(model.requests().getLast().messages())
                .extracting(message -> message.role().wireName() + ": " + message.text())
                .containsExactly("user: I am Ada.", "assistant: Hello, Ada.", "user: Who am I?");
    }

    @Test
    void runsOneAtATimeAndTellsTheSecondItsPlace_S4_216_S4_217() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("one").waits(gate).says("!")).says("two");
        Session session = runtime().createSession();

        Run first = session.prompt("first");
        gate.awaitArrival();
        Run second = session.prompt("second");

        assertThat(first.position()).isZero();
        assertThat(second.position()).isEqualTo(1);
        assertThat(model.requests()).hasSize(1);
        gate.open();
        assertThat(((AgentEvent.RunCompleted) first.await()).content()).isEqualTo("one!");
        assertThat(((AgentEvent.RunCompleted) second.await()).content()).isEqualTo("two");
        assertThat(model.requests().getLast().messages())
                .extracting(message -> message.text())
                .containsExactly("first", "one!", "second");
    }

    @Test
    void runsDifferentSessionsAtTheSameTime_S4_66() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("slow")).says("fast");

        Run slow = runtime().createSession().prompt("slow");
        gate.awaitArrival();

        assertThat(runtime().createSession().prompt("fast").await()).isInstanceOf(AgentEvent.RunCompleted.class);
        gate.open();
        assertThat(slow.await()).isInstanceOf(AgentEvent.RunCompleted.class);
    }

    @Test
    void cancelsARunThatIsUnderWay_S4_218() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("I was about to").waits(gate)).says("next");
        Session session = runtime().createSession();
        Run run = session.prompt("Talk.");
        gate.awaitArrival();

        run.cancel("enough");

        assertThat(run.await()).isEqualTo(new AgentEvent.RunCancelled("The run was cancelled.", "enough"));
        assertThat(session.history(10, null).messages().getLast().partial()).isTrue();
        assertThat(session.prompt("And now?").await()).isInstanceOf(AgentEvent.RunCompleted.class);
        assertThat(model.requests().getLast().messages())
                .extracting(message -> message.text())
                .containsExactly("Talk.", "And now?");
    }

    @Test
    void cancelsARunThatWaits_S4_219() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("one")).says("three");
        Session session = runtime().createSession();
        Run first = session.prompt("first");
        gate.awaitArrival();
        Run second = session.prompt("second");
        Run third = session.prompt("third");

        second.cancel("changed my mind");

        assertThat(second.await()).isInstanceOf(AgentEvent.RunCancelled.class);
        gate.open();
        assertThat(first.await()).isInstanceOf(AgentEvent.RunCompleted.class);
        assertThat(((AgentEvent.RunCompleted) third.await()).content()).isEqualTo("three");
    }

    @Test
    void refusesToCancelWhatIsOverOrNeverWas_S4_74() throws Exception {
        model.says("done");
        Run run = runtime().createSession().prompt("Hi");
        run.await();

        assertThat(codeOf(() -> run.cancel("late"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> runtime().cancel(RunId.create(), "who?"))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void goesOnWithARunNobodyWatches() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.waits(gate).says("done all the same"));
        Session session = runtime().createSession();

        try (Run run = session.prompt("Work.")) {
            gate.awaitArrival();
            assertThat(run.seq()).isEqualTo(1);
        }
        gate.open();

        try (EventStream events = session.events(0)) {
            List<Envelope> all = untilTerminal(events);
            assertThat(((AgentEvent.RunCompleted) all.getLast().event()).content())
                    .isEqualTo("done all the same");
        }
    }

    @Test
    void replaysWhatWasMissedAndThenGoesOnWithoutAGap() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("a", "b").waits(gate).says("c", "d"));
        Session session = runtime().createSession();
        session.prompt("Spell.");
        gate.awaitArrival();
        awaitEntries(session, 3);

        try (EventStream events = session.events(2)) {
            gate.open();
            List<Envelope> seen = untilTerminal(events);

            assertThat(seen).extracting(Envelope::seq).containsExactly(3L, 4L, 5L, 6L, 7L);
            assertThat(seen.getFirst().event()).isEqualTo(new AgentEvent.Token("b", 1));
        }
    }

    @Test
    void waitsForEventsNoLongerThanAsked() throws Exception {
        try (EventStream events = runtime().createSession().events(0)) {
            assertThat(events.headSeq()).isZero();
            assertThat(events.next(Duration.ofMillis(20))).isNull();
        }
    }

    @Test
    void refusesACursorThatCannotBe() throws Exception {
        Session session = runtime().createSession();

        assertThat(codeOf(() -> session.events(-1))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThatThrownBy(() -> session.events(7))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isInstanceOfSatisfying(
                                        AgentError.Conflict.class,
                                        conflict -> assertThat(conflict.details()
                                                        .get("headSeq")
                                                        .toString())
                                                .isEqualTo("0")));
    }

    @Test
    void takesTheSameKeyOnce() throws Exception {
        model.says("once");
        Session session = runtime().createSession();
        Prompt prompt = new Prompt("Do it.", null, null, "key-1", null, Prompt.Origin.EMBEDDED);

        Run first = session.prompt(prompt);
        first.await();
        Run again = session.prompt(prompt);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(((AgentEvent.RunCompleted) again.await()).content()).isEqualTo("once");
        assertThat(model.requests()).hasSize(1);
        Prompt other = new Prompt("Do something else.", null, null, "key-1", null, Prompt.Origin.EMBEDDED);
        assertThat(codeOf(() -> session.prompt(other))).isEqualTo(ErrorCode.IDEMPOTENCY_CONFLICT);
    }

    @Test
    void refusesAnEmptyMessage() throws Exception {
        Session session = runtime().createSession();

        assertThat(codeOf(() -> session.prompt("  "))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(session.info().messageCount()).isZero();
    }

    @Test
    void doesNotKnowASessionThatIsNotThere_S4_232() throws Exception {
        assertThat(codeOf(() -> runtime().session(SessionId.create()))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void listsSessionsByLastActivity_S4_222_S4_224() throws Exception {
        model.says("1").says("2").says("3");
        Run first = runtime().prompt(NewSession.PLAIN, Prompt.of("The older"));
        first.await();
        Session older = runtime().session(first.sessionId());
        awaitLaterThan(older.info().lastActivity());
        Session newer = runtime().createSession(NewSession.titled("The newer"));
        newer.prompt("hello").await();
        assertThat(titles()).containsExactly("The newer", "The older");

        awaitLaterThan(newer.info().lastActivity());
        older.prompt("again").await();

        assertThat(titles()).containsExactly("The older", "The newer");
        SessionInfo info = older.info();
        assertThat(info.messageCount()).isEqualTo(4);
        assertThat(info.lastMessage()).isEqualTo("3");
        assertThat(info.headSeq()).isEqualTo(8);
    }

    @Test
    void pagesThroughTheHistory() throws Exception {
        model.says("a1").says("a2").says("a3");
        Session session = runtime().createSession();
        for (String question : List.of("q1", "q2", "q3")) {
            session.prompt(question).await();
        }

        MessagePage latest = session.history(4, null);
        MessageId cursor = latest.messages().getFirst().id();
        MessagePage before = session.history(4, cursor);

        assertThat(texts(latest)).containsExactly("q2", "a2", "q3", "a3");
        assertThat(latest.hasMore()).isTrue();
        assertThat(texts(before)).containsExactly("q1", "a1");
        assertThat(before.hasMore()).isFalse();
        assertThat(codeOf(() -> session.history(0, null))).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void showsTheModelWhatIsAttachedToAMessage() throws Exception {
        model.says("A cat.").says("Still a cat.");
        Attachment image = attach("GIF89a cat", "image/gif", "cat.gif");
        Attachment notes = attach("It is grey.\n", "text/plain", "notes.txt");
        Session session = runtime().createSession();

        List<AgentEvent> events =
                stored(session.prompt(Prompt.of("What is this?").with(image).with(notes)));
        session.prompt("Sure?").await();

        assertThat(((AgentEvent.MessageReceived) events.getFirst()).attachments())
                .containsExactly(image.part(), notes.part());
        assertThat(session.history(10, null).messages().getFirst().parts())
                .containsExactly(new Part.Text("What is this?"), image.part(), notes.part());
        List<Part> shown = List.of(
                new Part.Text("What is this?"),
                new Part.Image("data:image/gif;base64,R0lGODlhIGNhdA==", "image/gif"),
                new Part.Text("\n\n[the file notes.txt, text/plain]\nIt is grey.\n"));
        assertThat(model.requests())
                .extracting(request -> request.messages().getFirst().parts())
                .containsExactly(shown, shown);
    }

    @Test
    void storesWhatIsAttachedOnceAndRefusesWhatNoModelReads() throws Exception {
        Attachment stored = attach("a, b\n", "text/csv; charset=utf-8", "ünï 1.csv");

        assertThat(stored.mediaType()).isEqualTo("text/csv");
        assertThat(stored.name()).isEqualTo("ünï 1.csv");
        assertThat(stored.size()).isEqualTo(5);
        assertThat(attach("a, b\n", "text/csv", "b.csv").id()).isEqualTo(stored.id());
        assertThat(codeOf(() -> attach("x", "video/mp4", "a"))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(codeOf(() -> attach("x", "image/png", "a.png"))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(codeOf(() -> attach("", "text/plain", "a"))).isEqualTo(ErrorCode.INVALID_REQUEST);
        Session session = runtime().createSession();
        Prompt unknown = Prompt.of("?").withAttachments(List.of("attachment:" + "0".repeat(64)));
        assertThat(codeOf(() -> session.prompt(unknown))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> session.prompt(Prompt.of("?").withAttachments(List.of("file:///etc/passwd")))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(session.info().headSeq()).isZero();
    }

    @Test
    void attachesTwentyFiveMebibytesAndNotOneByteMore() throws Exception {
        assertThat(runtime().attach(letters(25 << 20), "text/plain", "most").size())
                .isEqualTo(25 << 20);

        assertThatThrownBy(() -> runtime().attach(letters((25 << 20) + 1), "text/plain", "more"))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new AgentError.TooLarge(
                                        "an attachment must be at most 25 MiB; 'more' is larger")));
    }

    @Test // A10
    void takesTheSameKeyWithOtherAttachmentsForAnotherPrompt() throws Exception {
        model.says("Seen.");
        Session session = runtime().createSession();
        Prompt prompt = Prompt.of("look").withKey("key-1").with(attach("a", "text/plain", "a"));
        Run first = session.prompt(prompt);
        first.await();

        assertThat(session.prompt(prompt).id()).isEqualTo(first.id());
        assertThat(codeOf(() -> session.prompt(Prompt.of("look").withKey("key-1"))))
                .isEqualTo(ErrorCode.IDEMPOTENCY_CONFLICT);
    }

    private Attachment attach(String bytes, String mediaType, String name) throws Exception {
        return runtime().attach(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)), mediaType, name);
    }

    private static InputStream letters(int number) {
        byte[] letters = new byte[number];
        Arrays.fill(letters, (byte) 'a');
        return new ByteArrayInputStream(letters);
    }

    private record Sum(int result, String unit) {}

    @Test
    void answersWithARecord() throws Exception {
        model.turn(turn -> turn.says("It is 42 apples.").uses(new TokenUsage(10, 2, 0, null)))
                .turn(turn -> turn.says("```json\n{\"result\": 42, \"unit\": \"apples\"}\n```")
                        .uses(new TokenUsage(30, 3, 0, null)));
        Session session = runtime().createSession();

        Answer<Sum> answer = session.ask("6 x 7 apples?", Sum.class);

        assertThat(answer.value()).isEqualTo(new Sum(42, "apples"));
        assertThat(answer.usage()).isEqualTo(new TokenUsage(40, 5, 0, null));
        assertThat(answer.turns()).isEqualTo(1);
        try (EventStream events = session.events(0)) {
            List<String> kinds = new ArrayList<>();
            while (!kinds.contains("RunCompleted")) {
                Envelope next = events.next(Duration.ofSeconds(30));
                if (next.seq() > 0 && !(next.event() instanceof AgentEvent.Live)) {
                    kinds.add(next.event().getClass().getSimpleName());
                }
            }
            assertThat(kinds)
                    .containsExactly(
                            "MessageReceived", "Token", "AttemptReset", "Token", "TurnCompleted", "RunCompleted");
        }
        assertThat(session.history(1, null).messages().getFirst().message().text())
                .isEqualTo("{\"result\": 42, \"unit\": \"apples\"}");
    }

    @Test
    void saysWhyThereIsNoRecord() throws Exception {
        model.says("a").says("b").says("c").fails(new AgentError.ModelRejected("no", 400));
        Session session = runtime().createSession();

        assertThatThrownBy(() -> session.ask("?", Sum.class))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new AgentError.ModelRejected(
                                        "the model's answer does not follow outputSchema after 3 attempts: it is not one JSON"
                                                + " object; it begins with: c",
                                        0)));
        assertThatThrownBy(() -> session.ask("?", Sum.class))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error()).isEqualTo(new AgentError.ModelRejected("no", 400)));
        JsonNode list = Json.MAPPER.readTree("{\"type\":\"array\"}");
        assertThat(codeOf(() -> session.prompt(Prompt.of("?").withOutputSchema(list))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test // A10
    void takesTheSameKeyWithAnotherFormForAnotherPrompt() throws Exception {
        model.says("{\"result\":1,\"unit\":\"\"}");
        Session session = runtime().createSession();
        Prompt prompt = Prompt.of("?").withKey("key-2").as(Sum.class);
        Run first = session.prompt(prompt);
        first.await();

        assertThat(session.prompt(prompt).id()).isEqualTo(first.id());
        assertThat(codeOf(() -> session.prompt(prompt.withOutputSchema(null))))
                .isEqualTo(ErrorCode.IDEMPOTENCY_CONFLICT);
    }

    @Test
    void findsSessionsByWhatWasSaid_S4_225() throws Exception {
        model.says("SQLite keeps it in one file.").says("Bake it for an hour.");
        Session storage = runtime().createSession();
        storage.prompt("How is it stored?").await();
        runtime().createSession().prompt("How long do I bake bread?").await();

        List<SessionHit> hits = runtime().search(new SessionSearch("sqlite", null, null, 10));

        assertThat(hits).extracting(hit -> hit.session().id()).containsExactly(storage.id());
        assertThat(hits.getFirst().snippet()).contains("«SQLite»");
    }

    @Test
    void renamesAndArchives() throws Exception {
        Session session = runtime().createSession();

        session.rename("Plans");
        assertThat(session.info().title()).isEqualTo("Plans");
        assertThat(codeOf(() -> session.rename(" "))).isEqualTo(ErrorCode.INVALID_REQUEST);

        session.archive();
        assertThat(session.info().status()).isEqualTo(SessionStatus.ARCHIVED);
        assertThat(titles()).isEmpty();
    }

    @Test
    void showsTheAgentAndWhatItDoes_S3_66_to_S3_74() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("Hm").waits(gate).says("m.")).fails(new AgentError.ModelRejected("no", 400));
        Session session = runtime().createSession();
        AgentIdentity identity = session.agent().identity();
        assertThat(session.agent().state()).isEqualTo(AgentState.READY);
        assertThat(identity.userId()).isEqualTo("agent-" + identity.id());
        assertThat(PresenceColors.AGENTS.all()).contains(identity.color());

        Run run = session.prompt("Think.");
        gate.awaitArrival();
        awaitEntries(session, 2);
        assertThat(session.agent().state()).isEqualTo(AgentState.busy("Answering"));
        assertThat(session.agent().identity()).isEqualTo(identity);
        gate.open();
        run.await();
        assertThat(session.agent().state()).isEqualTo(AgentState.READY);

        session.prompt("Fail.").await();
        assertThat(session.agent().state()).isEqualTo(new AgentState(AgentStatus.ERROR, null, null, "no"));
        session.archive();
        assertThat(session.agent().state().status()).isEqualTo(AgentStatus.TERMINATED);
    }

    @Test
    void showsAToolCallThatIsUnderWayAndStopsItAlone_S4_145_S4_146_S4_148() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Tool slow = Tool.of(
                new ToolSpec.Head("test.slow", "Never ends by itself.", Effect.ONCE, Approval.AUTO),
                Text.class,
                (arguments, context) -> {
                    context.progress().report(0.5, "half of it");
                    told.countDown();
                    new CountDownLatch(1).await();
                    return ToolOutcome.success(Map.of());
                });
        model.calls("test.slow", "{\"text\":\"x\"}").says("It was stopped.");
        try (AgentRuntime slowly = start(model.asModels(), List.of(slow))) {
            Session session = slowly.createSession();
            Session other = slowly.createSession();
            Run run = session.prompt("Take your time.");
            told.await();

            RunningTool running = slowly.processes(session.id()).getFirst();

            assertThat(running.process().toolName()).isEqualTo("test.slow");
            assertThat(running.process().runId()).isEqualTo(run.id());
            assertThat(running.process().status()).isEqualTo(ToolCallStatus.EXECUTING);
            assertThat(running.progress()).isEqualTo(0.5);
            assertThat(running.message()).isEqualTo("half of it");
            assertThat(slowly.processes(null)).containsExactly(running);
            assertThat(slowly.processes(other.id())).isEmpty();
            assertThat(codeOf(() -> slowly.processes(SessionId.create()))).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(codeOf(() -> slowly.stopProcess(ProcessId.create(), "no")))
                    .isEqualTo(ErrorCode.NOT_FOUND);

            slowly.stopProcess(running.process().id(), "enough of it");

            assertThat(run.await()).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThat(model.requests().getLast().messages().getLast().toString())
                    .contains("cancelled: enough of it");
            assertThat(slowly.processes(null)).isEmpty();
            assertThat(codeOf(() -> slowly.stopProcess(running.process().id(), "again")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}
