package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.DirectCall;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.ErrorCode;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [AgentRuntime] does with cursors, answers from outside, calls without a model, and when it is
/// closed. A part of [AgentRuntimeContract].
public abstract class FollowingContract extends RuntimeContract {

    @Test
    void followsFromWhereItIsAsked_C8() throws Exception {
        model.says("one", "two");
        Session session = runtime().createSession();
        session.prompt("Count.").await();
        long head = session.info().headSeq();

        try (EventStream all = session.events(0);
                EventStream none = session.events(head)) {
            assertThat(all.headSeq()).isEqualTo(head);
            assertThat(untilTerminal(all)).extracting(Envelope::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(none.next(Duration.ofMillis(50))).isNull();
        }
        List<EventStream> fromEverywhere = new ArrayList<>();
        for (long after = 0; after < head; after++) {
            fromEverywhere.add(session.events(after));
        }
        for (int after = 0; after < head; after++) {
            assertThat(untilTerminal(fromEverywhere.get(after)))
                    .extracting(Envelope::seq)
                    .isEqualTo(List.of(1L, 2L, 3L, 4L, 5L).subList(after, 5));
        }
        assertThat(codeOf(() -> session.events(head + 1))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> session.events(Long.MAX_VALUE))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> session.events(Long.MIN_VALUE))).isEqualTo(ErrorCode.INVALID_REQUEST);
        fromEverywhere.forEach(EventStream::close);
    }

    @Test
    void hasAnyNumberOfFollowersOfWhomOneMayLeave_S4_08() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("a").waits(gate).says("b"));
        Session session = runtime().createSession();
        try (EventStream stays = session.events(0)) {
            try (EventStream leaves = session.events(0)) {
                session.prompt("Spell.").close();
                gate.awaitArrival();
                assertThat(leaves.next(Duration.ofSeconds(30))).isNotNull();
            }
            gate.open();

            assertThat(untilTerminal(stays)).extracting(Envelope::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void takesTheSameKeyOnceTogetherWithANewSession() throws Exception {
        model.says("once");
        NewSession wanted = NewSession.titled("Made with its message");
        Prompt prompt = Prompt.of("Do it.").withKey("key-new");

        Run first = runtime().prompt(wanted, prompt);
        first.await();
        Run again = runtime().prompt(wanted, prompt);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.sessionId()).isEqualTo(first.sessionId());
        again.close();
        assertThat(runtime().sessions(SessionQuery.latest(10)).sessions())
                .extracting(SessionInfo::title)
                .containsExactly("Made with its message");
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void waitsForAnAnswerAndTakesTheFirst() throws Exception {
        model.calls("ask_user", "{\"questions\":[{\"id\":\"color\",\"text\":\"Which color?\"}]}")
                .says("Blue it is.");
        try (AgentRuntime asking = start(model.asModels(), List.of(AskUserTool.create()))) {
            Session session = asking.createSession();
            Run run = session.prompt("Paint it.");
            InputId asked = request(session).requestId();

            List<InputRequest> open = asking.inputs(session.id());
            assertThat(open).extracting(InputRequest::id).containsExactly(asked);
            assertThat(open.getFirst().asked().kind()).isEqualTo(InputKind.QUESTION);
            assertThat(asking.inputs(null)).isEqualTo(open);
            InputResponse answer = new InputResponse.Answer(Json.MAPPER.readTree("{\"color\":\"blue\"}"));
            InputResponse wrong = new InputResponse.Answer(Json.MAPPER.readTree("{\"size\":\"large\"}"));
            assertThat(codeOf(() -> asking.respond(asked, wrong))).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(codeOf(() -> asking.respond(InputId.create(), answer))).isEqualTo(ErrorCode.NOT_FOUND);

            asking.respond(asked, answer);

            assertThat(run.await()).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThat(model.requests().getLast().messages().getLast().toString())
                    .contains("blue");
            assertThat(codeOf(() -> asking.respond(asked, answer))).isEqualTo(ErrorCode.ALREADY_RESOLVED);
            assertThat(asking.inputs(session.id())).isEmpty();
        }
    }

    private static AgentEvent.InputRequested request(Session session) throws InterruptedException {
        try (EventStream events = session.events(0)) {
            while (true) {
                Envelope next = events.next(Duration.ofSeconds(30));
                assertThat(next).as("a request within 30 s").isNotNull();
                if (next.event() instanceof AgentEvent.InputRequested asked) {
                    return asked;
                }
            }
        }
    }

    @Test
    void callsAToolWithoutAModel_S3_77_S3_105() throws Exception {
        Session session = runtime().createSession();

        ToolReturned said = session.call(
                new DirectCall("test.echo", Json.MAPPER.createObjectNode().put("text", "hello")));
        ToolReturned failed = session.call(
                new DirectCall("test.echo", Json.MAPPER.createObjectNode().put("text", "fail")));

        assertThat(said.success()).isTrue();
        assertThat(said.result().path("said").asString("")).isEqualTo("hello");
        assertThat(failed.success()).isFalse();
        assertThat(failed.error()).isEqualTo("it was told to");
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void doesNotCarryOnWhatIsNotWaitingForThat() throws Exception {
        model.says("done");
        Run run = runtime().createSession().prompt("Hi");
        run.await();

        assertThat(codeOf(() -> runtime().resume(run.id()))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(codeOf(() -> runtime().resume(RunId.create()))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void endsTheStreamsOfARuntimeThatIsClosed() throws Exception {
        AgentRuntime closing = start(model.asModels(), List.of(ECHO));
        EventStream events = closing.createSession().events(0);

        closing.close();
        closing.close();

        assertThatThrownBy(() -> events.next(Duration.ofSeconds(30)))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error()).isEqualTo(new AgentError.Draining("the runtime was closed")));
        events.close();
    }
}
