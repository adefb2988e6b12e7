package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AgentException;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.Inputs] does, with the events of the log that make and resolve requests.
public abstract class InputsContract extends StoreContract {
    private SessionId session;
    private RunId run;

    @BeforeEach
    void callATool() throws Exception {
        session = session();
        run = admit(session, "Write it down");
        store.runs().start(run);
        append(session, run, Events.answer(1, "I will."), Events.decided("call_1", Verdict.ASK));
    }

    private RunStatus status() {
        return store.runs().find(run).map(RunInfo::status).orElseThrow();
    }

    private ToolCallStatus callStatus() {
        return store.sessions().toolCalls(session).getLast().status();
    }

    private List<InputId> open() {
        return store.inputs().open(OWNER, session).stream()
                .map(InputRequest::id)
                .toList();
    }

    private InputRequested ask() throws InterruptedException {
        InputRequested asked = Events.asks("call_1");
        append(session, run, asked);
        return asked;
    }

    private void resolve(InputRequested asked, InputDecision decision) throws InterruptedException {
        append(session, run, Events.resolved(asked.requestId(), decision, "local/laptop"));
    }

    @Test
    void keepsWhatIsAskedUntilItIsResolved() throws Exception {
        InputRequested asked = ask();
        Envelope entry = log(session).getLast();
        InputRequest request = new InputRequest(session, run, OWNER, asked, entry.seq(), entry.time(), null);

        assertThat(store.inputs().find(asked.requestId())).hasValue(request);
        assertThat(store.inputs().open(OWNER, session)).containsExactly(request);
        assertThat(store.inputs().open(OWNER, null)).containsExactly(request);
        assertThat(status()).isEqualTo(RunStatus.WAITING_INPUT);
        assertThat(callStatus()).isEqualTo(ToolCallStatus.AWAITING_APPROVAL);

        InputResolved resolution = new InputResolved(
                asked.requestId(),
                InputDecision.EDIT,
                "local/laptop",
                Json.MAPPER.readTree("{\"path\":\"b.txt\"}"),
                null,
                "not that one",
                null);
        append(session, run, resolution);

        assertThat(store.inputs().find(asked.requestId()).orElseThrow().resolution())
                .isEqualTo(resolution);
        assertThat(open()).isEmpty();
        assertThat(status()).isEqualTo(RunStatus.RUNNING);
        assertThat(callStatus()).isEqualTo(ToolCallStatus.EXECUTING);
    }

    @Test
    void whatIsCalledInTheEndIsWhatTheCallShows() throws Exception {
        resolve(ask(), InputDecision.EDIT);

        append(session, run, new ToolStarted("call_1", Json.MAPPER.readTree("{\"path\":\"b.txt\"}")));

        assertThat(store.sessions().toolCalls(session).getLast().arguments())
                .isEqualTo(Json.MAPPER.readTree("{\"path\":\"b.txt\"}"));
        assertRefused(
                AgentError.Conflict.class,
                () -> append(session, run, new ToolStarted("call_9", Json.MAPPER.createObjectNode())));
    }

    @Test
    void theFirstAnswerCountsAndTheSecondIsToldWhoseItWas() throws Exception {
        InputRequested asked = ask();
        resolve(asked, InputDecision.REJECT);
        List<Envelope> before = log(session);

        assertThatThrownBy(() ->
                        append(session, run, Events.resolved(asked.requestId(), InputDecision.APPROVE, "local/phone")))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isInstanceOfSatisfying(
                                        AgentError.AlreadyResolved.class,
                                        late -> assertThat(late.details())
                                                .isEqualTo(Map.of("decision", "reject", "by", "local/laptop"))));

        assertThat(log(session)).isEqualTo(before);
        assertThat(store.inputs().find(asked.requestId()).orElseThrow().resolution())
                .isEqualTo(Events.resolved(asked.requestId(), InputDecision.REJECT, "local/laptop"));
    }

    @Test // of those who answer at once exactly one wins
    void oneOfManyWins() throws Exception {
        InputRequested asked = ask();
        int clients = 8;
        CyclicBarrier together = new CyclicBarrier(clients);
        List<Boolean> won = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                InputResolved answer = Events.resolved(asked.requestId(), InputDecision.APPROVE, "local/" + i);
                Callable<Boolean> client = () -> {
                    together.await();
                    return wins(answer);
                };
                answers.add(threads.submit(client));
            }
            for (Future<Boolean> answer : answers) {
                won.add(answer.get());
            }
        }

        assertThat(won).containsOnlyOnce(true);
        assertThat(events(session).stream().filter(InputResolved.class::isInstance))
                .containsExactly(
                        store.inputs().find(asked.requestId()).orElseThrow().resolution());
        assertThat(status()).isEqualTo(RunStatus.RUNNING);
    }

    private boolean wins(InputResolved answer) throws InterruptedException {
        try {
            append(session, run, answer);
            return true;
        } catch (AgentException e) {
            assertThat(e.error()).isInstanceOf(AgentError.AlreadyResolved.class);
            return false;
        }
    }

    @Test
    void refusesWhatIsAskedTwiceAndAnswersToWhatWasNotAsked() throws Exception {
        InputRequested asked = ask();
        SessionId elsewhere = session();
        RunId other = admit(elsewhere, "Something else");
        List<Envelope> before = log(session);

        assertRefused(AgentError.Conflict.class, () -> append(session, run, asked));
        assertRefused(
                AgentError.NotFound.class,
                () -> append(
                        session, run, InputResolved.unanswered(InputId.create(), InputDecision.EXPIRED, "too late")));
        assertRefused(
                AgentError.NotFound.class,
                () -> append(
                        elsewhere, other, Events.resolved(asked.requestId(), InputDecision.APPROVE, "local/laptop")));
        assertRefused(
                AgentError.InvalidRequest.class,
                () -> append(
                        session, null, InputResolved.unanswered(asked.requestId(), InputDecision.CANCELLED, "over")));

        assertThat(log(session)).isEqualTo(before);
        assertThat(open()).containsExactly(asked.requestId());
        assertThat(store.inputs().find(InputId.create())).isEmpty();
    }

    @Test
    void aRunWaitsAsLongAsAnythingItAskedIsOpen() throws Exception {
        append(session, run, Events.decided("call_2", Verdict.ASK));
        InputRequested first = ask();
        InputRequested second = Events.asks("call_2");
        append(session, run, second);
        assertThat(open()).containsExactly(first.requestId(), second.requestId());

        resolve(first, InputDecision.APPROVE);

        assertThat(open()).containsExactly(second.requestId());
        assertThat(status()).isEqualTo(RunStatus.WAITING_INPUT);
        assertThat(store.sessions().toolCalls(session))
                .extracting(call -> call.status())
                .containsExactly(ToolCallStatus.EXECUTING, ToolCallStatus.AWAITING_APPROVAL);

        resolve(second, InputDecision.REJECT);

        assertThat(status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void whatIsOverdueIsOpenUntilSomebodySaysSo() throws Exception {
        InputRequested asked = ask();
        assertThat(asked.expiresAt()).isBefore(log(session).getLast().time());
        assertThat(open()).containsExactly(asked.requestId());

        append(session, run, InputResolved.unanswered(asked.requestId(), InputDecision.EXPIRED, "nobody answered"));

        assertThat(open()).isEmpty();
    }

    @Test // what waits when its process ends goes on waiting, and may be answered before it is resumed
    void aRunThatIsCutOffWhileItWaitsGoesOnWaiting() throws Exception {
        InputRequested asked = ask();
        append(session, run, new RunInterrupted("the process ended"));
        assertThat(status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(open()).containsExactly(asked.requestId());

        store.runs().start(run);
        assertThat(status()).isEqualTo(RunStatus.WAITING_INPUT);
        append(session, run, new RunResumed(1, 1));
        assertThat(status()).isEqualTo(RunStatus.WAITING_INPUT);

        append(session, run, new RunInterrupted("the process ended"));
        resolve(asked, InputDecision.APPROVE);
        assertThat(status()).isEqualTo(RunStatus.INTERRUPTED);
        store.runs().start(run);
        append(session, run, new RunResumed(1, 2));
        assertThat(status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void theEndOfARunLeavesNothingToAnswer() throws Exception {
        InputRequested asked = ask();

        append(session, run, Events.cancelled());

        assertThat(open()).isEmpty();
        assertThat(store.inputs().open(OWNER, null)).isEmpty();
        assertThat(callStatus()).isEqualTo(ToolCallStatus.CANCELLED);
        assertRefused(
                AgentError.Conflict.class,
                () -> append(session, run, Events.resolved(asked.requestId(), InputDecision.APPROVE, "local/laptop")));
    }

    @Test
    void showsEachOwnerWhatIsItsOwn() throws Exception {
        InputRequested mine = ask();
        SessionId theirs = session(OTHER, NewSession.PLAIN);
        RunId other = store.log()
                .admit(admission(OTHER, theirs, Events.message("And mine")))
                .run()
                .id();
        InputRequested asked = Events.asks("call_1");
        append(theirs, other, Events.decided("call_1", Verdict.ASK), asked);

        assertThat(store.inputs().open(OWNER, null))
                .extracting(InputRequest::id)
                .containsExactly(mine.requestId());
        assertThat(store.inputs().open(OTHER, null))
                .extracting(InputRequest::id)
                .containsExactly(asked.requestId());
        assertThat(store.inputs().open(OTHER, session)).isEmpty();
    }

    @Test // who watches a session is asked for those that work for it
    void showsWithASessionWhatThoseAskThatWorkForIt() throws Exception {
        SessionId made = session(OWNER, NewSession.PLAIN.withParent(run));
        RunId child = admit(made, "Write it for me");
        InputRequested asked = Events.asks("call_1");
        append(made, child, Events.decided("call_1", Verdict.ASK), asked);

        assertThat(open()).containsExactly(asked.requestId());
        assertThat(store.inputs().open(OWNER, made))
                .extracting(InputRequest::id)
                .containsExactly(asked.requestId());
        assertThat(store.inputs().open(OWNER, session())).isEmpty();
        assertThat(status()).as("the run that has it done does not wait itself").isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void goesWithItsSession() throws Exception {
        InputRequested asked = ask();
        append(session, run, Events.cancelled());

        store.sessions().purge(OWNER, session);

        assertThat(store.inputs().find(asked.requestId())).isEmpty();
        assertThat(store.audit().of(OWNER, "call_1")).isNotEmpty();
    }
}
