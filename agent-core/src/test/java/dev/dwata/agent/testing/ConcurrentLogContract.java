package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.SessionLog] does with many writers, and with a request that comes again.
public abstract class ConcurrentLogContract extends StoreContract {
    private static final int WRITERS = 16;
    private static final int TOKENS = 60;

    @Test
    void sixteenWritersLeaveNoGapAndKeepTheirOrder() throws Exception {
        HeardCommits heard = new HeardCommits();
        store.log().listen(heard);
        List<SessionId> sessions = List.of(session(), session(), session(), session());

        List<RunId> runs = atOnce(WRITERS, i -> write(sessions.get(i % sessions.size())));

        int entriesOfRun = TOKENS + 3;
        List<Envelope> all = heard.await(WRITERS * entriesOfRun);
        for (SessionId session : sessions) {
            List<Envelope> log = log(session);
            assertThat(log.stream().map(Envelope::seq))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, (long) (WRITERS / 4) * entriesOfRun)
                            .boxed()
                            .toList());
            assertThat(all.stream().filter(e -> e.sessionId().equals(session))).containsExactlyElementsOf(log);
        }
        for (RunId run : runs) {
            assertThat(all.stream()
                            .filter(e -> run.equals(e.runId()))
                            .map(Envelope::event)
                            .filter(Token.class::isInstance))
                    .containsExactlyElementsOf(IntStream.range(0, TOKENS)
                            .mapToObj(i -> Events.token(i + " "))
                            .toList());
        }
    }

    private RunId write(SessionId session) throws InterruptedException {
        RunId run = admit(session, "Count.");
        for (int i = 0; i < TOKENS; i++) {
            append(session, run, Events.token(i + " "));
        }
        append(session, run, Events.answer(1, "done"), Events.completed("done"));
        return run;
    }

    @Test
    void takesARequestOnceHoweverOftenItComesAtOnce() throws Exception {
        SessionId session = session();

        List<Admitted> admitted = atOnce(50, i -> store.log().admit(keyed(OWNER, session, null, "digest")));

        assertThat(admitted.stream().map(a -> a.run().id()).distinct()).hasSize(1);
        assertThat(admitted.stream().filter(a -> !a.repeated())).hasSize(1);
        assertThat(log(session)).hasSize(1);
        assertThat(store.runs().list(session, 100)).hasSize(1);
    }

    @Test
    void makesTheSessionOfARequestOnceHoweverOftenItComesAtOnce() throws Exception {
        List<Admitted> admitted = atOnce(
                50, i -> store.log().admit(keyed(OWNER, SessionId.create(), NewSession.titled("new"), "digest")));

        assertThat(admitted.stream().map(a -> a.run().sessionId()).distinct()).hasSize(1);
        assertThat(store.sessions()
                        .list(OWNER, dev.dwata.agent.store.SessionQuery.latest(100))
                        .total())
                .isEqualTo(1);
    }

    @Test
    void answersARepeatedRequestWithThePresentStateOfItsRun() throws Exception {
        SessionId session = session();
        RunInfo first = store.log().admit(keyed(OWNER, session, null, "digest")).run();
        store.runs().start(first.id());

        Admitted again = store.log().admit(keyed(OWNER, session, null, "digest"));

        assertThat(again.repeated()).isTrue();
        assertThat(again.run()).isEqualTo(store.runs().find(first.id()).orElseThrow());
        assertThat(log(session)).hasSize(1);
    }

    @Test
    void refusesAKeyThatComesWithSomethingElse() throws Exception {
        SessionId session = session();
        store.log().admit(keyed(OWNER, session, null, "digest"));

        assertRefused(
                AgentError.IdempotencyConflict.class,
                () -> store.log().admit(keyed(OWNER, session, null, "another digest")));
        assertThat(log(session)).hasSize(1);
    }

    @Test
    void keepsTheKeysOfOwnersAndMethodsApart() throws Exception {
        SessionId session = session();
        SessionId ofOther = session(OTHER, NewSession.PLAIN);
        Admitted first = store.log().admit(keyed(OWNER, session, null, "digest"));
        Admitted second = store.log().admit(keyed(OTHER, ofOther, null, "digest"));
        Admission otherMethod = new Admission(
                OWNER,
                session,
                null,
                RunId.create(),
                Events.message("Hi"),
                NewSession.DEFAULT_AGENT,
                null,
                new IdempotencyKey("other", "key-1", "digest"));
        Admitted third = store.log().admit(otherMethod);

        assertThat(List.of(first.repeated(), second.repeated(), third.repeated()))
                .containsOnly(false);
    }

    @Test
    void admitsNothingOfWhatItRefuses() throws Exception {
        SessionId ofOther = session(OTHER, NewSession.PLAIN);
        SessionId session = session();
        RunId taken = admit(session, "first");

        assertRefused(AgentError.NotFound.class, () -> store.log().admit(keyed(OWNER, ofOther, null, "digest")));
        assertRefused(
                AgentError.NotFound.class, () -> store.log().admit(keyed(OWNER, SessionId.create(), null, "digest")));
        assertRefused(
                AgentError.Conflict.class,
                () -> store.log().admit(keyed(OWNER, session, NewSession.titled("taken"), "digest")));
        SessionId unmade = SessionId.create();
        assertRefused(
                AgentError.Conflict.class,
                () -> store.log()
                        .admit(new Admission(
                                OWNER,
                                unmade,
                                NewSession.PLAIN,
                                taken,
                                Events.message("second"),
                                NewSession.DEFAULT_AGENT,
                                null,
                                new IdempotencyKey("agent", "key-1", "digest"))));

        assertThat(store.sessions().find(OWNER, unmade)).isEmpty();
        assertThat(log(session)).hasSize(1);
        assertThat(log(ofOther)).isEmpty();
        assertThat(store.log()
                        .admit(keyed(OWNER, session, null, "the key is free"))
                        .repeated())
                .isFalse();
    }

    private static Admission keyed(Principal owner, SessionId session, NewSession wanted, String digest) {
        return new Admission(
                owner,
                session,
                wanted,
                RunId.create(),
                Events.message("Hi"),
                NewSession.DEFAULT_AGENT,
                null,
                new IdempotencyKey("agent", "key-1", digest));
    }

    private interface Work<T> {
        T of(int index) throws Exception;
    }

    private static <T> List<T> atOnce(int threads, Work<T> work) throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int index = i;
                calls.add(() -> work.of(index));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
