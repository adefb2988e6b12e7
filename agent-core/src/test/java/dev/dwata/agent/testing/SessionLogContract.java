package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.Unknown;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.RunId;
import dev.dwata.types.RunProgress;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.SessionLog] does with the entries of one writer.
public abstract class SessionLogContract extends StoreContract {

    @Test
    void readsEveryKindOfEventBackAsItWasAppended() throws Exception {
        SessionId session = session();
        AgentEvent.MessageReceived message = Events.message("What is in a.txt?");
        RunId run = admit(session, message).run().id();
        List<AgentEvent> events = List.of(
                new Reasoning("Let me look.", 1),
                Events.token("One "),
                Events.token("moment."),
                Events.turn(
                        1,
                        new Part.Reasoning("Let me look.", "signed"),
                        new Part.Text("One moment."),
                        new Part.ToolCall("call_1", "filesystem.read", Json.MAPPER.readTree("{\"path\":\"a.txt\"}"))),
                Events.called("call_1"),
                Events.failed("call_1"),
                new ErrorReported(new AgentError.ToolFailed("filesystem.read: no such file")),
                new AgentEvent.RunInterrupted("the process ended"),
                new AgentEvent.RunResumed(2, 2),
                new AgentEvent.AttemptReset(2, "retry"),
                Events.compacted("They looked for a.txt.", message.messageId()),
                new Unknown("teleported", Json.MAPPER.readTree("{\"to\":\"mars\"}")),
                Events.answer(2, "It is not there."),
                Events.completed("It is not there."));

        append(session, run, events.toArray(AgentEvent[]::new));

        List<Envelope> log = log(session);
        assertThat(log.get(0).event()).isEqualTo(message);
        assertThat(log.subList(1, log.size()).stream().map(Envelope::event)).containsExactlyElementsOf(events);
        assertThat(log).allSatisfy(entry -> {
            assertThat(entry.sessionId()).isEqualTo(session);
            assertThat(entry.runId()).isEqualTo(run);
        });
    }

    @Test
    void numbersTheEntriesOfEachSessionFromOneWithoutAGap() throws Exception {
        SessionId first = session();
        SessionId second = session();
        exchange(first, "a", "b");
        exchange(second, "c", "d");
        exchange(first, "e", "f");

        assertThat(log(first).stream().map(Envelope::seq)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(log(second).stream().map(Envelope::seq)).containsExactly(1L, 2L, 3L);
        assertThat(store.log().headSeq(first)).isEqualTo(6);
        assertThat(info(second).headSeq()).isEqualTo(3);
    }

    @Test
    void readsPagesAfterACursor() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");
        exchange(session, "c", "d");

        assertThat(store.log().read(session, 0, 2)).isEqualTo(log(session).subList(0, 2));
        assertThat(store.log().read(session, 2, 3)).isEqualTo(log(session).subList(2, 5));
        assertThat(store.log().read(session, 4, 100)).isEqualTo(log(session).subList(4, 6));
        assertThat(store.log().read(session, 6, 100)).isEmpty();
        assertThat(store.log().read(session, 7, 100)).isEmpty();
    }

    @Test
    void hasNothingToReadWhereThereIsNoSession() {
        assertThat(store.log().read(SessionId.create(), 0, 10)).isEmpty();
        assertThat(store.log().headSeq(SessionId.create())).isZero();
    }

    @Test
    void givesEntriesTheTimeToTheMillisecond() throws Exception {
        SessionId session = session();
        Instant before = Instant.now().minusMillis(1);
        exchange(session, "a", "b");

        assertThat(log(session)).allSatisfy(entry -> {
            assertThat(entry.time()).isBetween(before, Instant.now());
            assertThat(entry.time()).isEqualTo(entry.time().truncatedTo(ChronoUnit.MILLIS));
        });
    }

    @Test
    void tellsListenersWhatIsReadAndInTheSameOrder() throws Exception {
        HeardCommits heard = new HeardCommits();
        store.log().listen(heard);
        SessionId session = session();
        RunId run = admit(session, "Count.");
        for (int i = 0; i < 100; i++) {
            append(session, run, Events.token(i + " "));
        }
        append(session, run, Events.completed("done"));

        assertThat(heard.await(102)).isEqualTo(log(session));
    }

    @Test
    void passesLiveEventsOnInOrderWithoutStoringThem() throws Exception {
        HeardCommits heard = new HeardCommits();
        store.log().listen(heard);
        SessionId session = session();
        RunId run = admit(session, "Hi");
        append(
                session,
                run,
                new StatusChanged(RunProgress.THINKING),
                Events.token("a"),
                new StatusChanged(RunProgress.STREAMING),
                Events.token("b"),
                Events.completed("ab"));

        assertThat(heard.await(6).stream().map(e -> EventCodec.name(e.event())))
                .containsExactly("message", "status", "token", "status", "token", "final");
        assertThat(heard.await(6).stream().map(Envelope::seq)).containsExactly(1L, 0L, 2L, 0L, 3L, 4L);
        assertThat(log(session)).hasSize(4);
    }

    @Test
    void keepsGoingWhenAListenerFails() throws Exception {
        store.log().listen(batch -> {
            throw new IllegalStateException("a listener's own fault, on purpose");
        });
        HeardCommits heard = new HeardCommits();
        store.log().listen(heard);
        SessionId session = session();

        exchange(session, "a", "b");
        exchange(session, "c", "d");

        assertThat(heard.await(6)).isEqualTo(log(session));
    }

    @Test
    void letsAListenerReadWhatItHears() throws Exception {
        AtomicReference<List<Envelope>> read = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        store.log().listen(batch -> {
            if (batch.get(batch.size() - 1).event() instanceof AgentEvent.Terminal) {
                read.set(log(batch.get(0).sessionId()));
                done.countDown();
            }
        });
        SessionId session = session();

        exchange(session, "a", "b");

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(read.get()).isEqualTo(log(session));
    }

    @Test
    void doesNotLetAListenerAppend() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        store.log().listen(batch -> {
            try {
                store.log().append(batch.get(0).sessionId(), null, Events.token("again"));
            } catch (IllegalStateException | InterruptedException e) {
                thrown.set(e);
            }
            done.countDown();
        });

        exchange(session(), "a", "b");

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesASessionThatDoesNotExist() {
        SessionId nowhere = SessionId.create();

        assertRefused(AgentError.NotFound.class, () -> append(nowhere, null, Events.message("a")));
        assertRefused(AgentError.NotFound.class, () -> append(nowhere, RunId.create(), Events.completed("a")));
    }

    @Test
    void refusesARunThatIsNotOfTheSession() throws Exception {
        SessionId session = session();
        RunId elsewhere = admit(session(), "Hi");

        assertRefused(AgentError.NotFound.class, () -> append(session, elsewhere, Events.completed("a")));
        assertRefused(AgentError.NotFound.class, () -> append(session, RunId.create(), Events.completed("a")));
        assertThat(log(session)).isEmpty();
    }

    @Test
    void refusesWhatComesAfterTheEndOfARun() throws Exception {
        SessionId session = session();
        RunId run = exchange(session, "a", "b");

        assertRefused(AgentError.Conflict.class, () -> append(session, run, Events.completed("b")));
        assertRefused(AgentError.Conflict.class, () -> append(session, run, Events.cancelled()));
        assertRefused(AgentError.Conflict.class, () -> append(session, run, Events.called("call_1")));
        assertThat(log(session)).hasSize(3);
        assertThat(exchange(session, "c", "d")).isNotEqualTo(run);
        assertThat(log(session)).hasSize(6);
    }

    @Test
    void throwsWhatADeltaRanIntoAtTheLatestOnTheNextBarrierOfItsRun() throws Exception {
        SessionId session = session();
        RunId run = exchange(session, "a", "b");

        assertRefused(
                AgentError.Conflict.class,
                () -> append(session, run, Events.token("late"), Events.token("later"), Events.completed("b")));
        assertThat(log(session)).hasSize(3);
    }

    @Test
    void refusesAMessageIdThatIsThere() throws Exception {
        SessionId session = session();
        AgentEvent.MessageReceived message = Events.message("Hi");
        admit(session, message);

        assertRefused(AgentError.Conflict.class, () -> admit(session, message));
        assertThat(log(session)).hasSize(1);
    }

    @Test
    void refusesAResultWithoutItsCallAndACallThatIsExecuting() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Hi");

        assertRefused(AgentError.Conflict.class, () -> append(session, run, Events.returned("call_1")));
        append(session, run, Events.called("call_1"));
        assertRefused(AgentError.Conflict.class, () -> append(session, run, Events.called("call_1")));
        append(session, run, Events.returned("call_1"));
        assertRefused(AgentError.Conflict.class, () -> append(session, run, Events.returned("call_1")));
        append(session, run, Events.called("call_1"), Events.returned("call_1"), Events.completed("done"));

        assertThat(log(session)).hasSize(6);
    }

    @Test
    void refusesARunsEventWithoutARun() {
        SessionId session = session();

        assertRefused(AgentError.InvalidRequest.class, () -> append(session, null, Events.called("call_1")));
        assertRefused(AgentError.InvalidRequest.class, () -> append(session, null, Events.completed("done")));
    }

    @Test
    void takesAMessageThatBelongsToNoRun() throws Exception {
        SessionId session = session();
        AgentEvent.MessageReceived note = Events.message("for later");

        append(session, null, note);

        assertThat(events(session)).containsExactly(note);
        assertThat(log(session).get(0).runId()).isNull();
        assertThat(info(session).messageCount()).isEqualTo(1);
    }

    @Test
    void keepsTextOfAllLanguagesAndReplacesWhatIsNoText() throws Exception {
        SessionId session = session();
        String said = "žluťoučký \uD83E\uDD84 東京 ‎ \u2028 line\nbreak";
        RunId run = admit(session, said);
        append(
                session,
                run,
                Events.token("half \uD83E"),
                Events.token("\uDD84 and nul \0 and a written \\u0000"),
                Events.turn(1, new Part.Text("high \uD800 low \uDC00 nul \0")),
                Events.completed("\0"));

        List<AgentEvent> events = events(session);
        assertThat(events.get(0))
                .isInstanceOfSatisfying(
                        AgentEvent.MessageReceived.class,
                        e -> assertThat(e.content()).isEqualTo(said));
        assertThat(events.get(1)).isEqualTo(Events.token("half \uFFFD"));
        assertThat(events.get(2)).isEqualTo(Events.token("\uFFFD and nul \uFFFD and a written \\u0000"));
        assertThat(((AgentEvent.TurnCompleted) events.get(3)).parts())
                .containsExactly(new Part.Text("high \uFFFD low \uFFFD nul \uFFFD"));
        assertThat(((AgentEvent.RunCompleted) events.get(4)).content()).isEqualTo("\uFFFD");
    }

    @Test
    void tellsListenersTheCleanedText() throws Exception {
        HeardCommits heard = new HeardCommits();
        store.log().listen(heard);
        SessionId session = session();
        RunId run = admit(session, "bad \uD800");
        append(session, run, Events.token("worse \0"), Events.completed("\uDC00"));

        assertThat(heard.await(3)).isEqualTo(log(session));
    }

    @Test
    void noticesAnInterruptBeforeAnythingIsAppended() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Hi");

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> append(session, run, Events.called("call_1")))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> append(session, run, Events.token("a"))).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> admit(session, "again")).isInstanceOf(InterruptedException.class);

        append(session, run, Events.completed("done"));
        assertThat(log(session)).hasSize(2);
    }

    @Test
    void anInterruptWhileWaitingIsEitherBeforeTheEntryOrAfterIt() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Hi");
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.log().listen(batch -> {
            committing.countDown();
            await(goOn);
        });
        Thread first = Thread.ofVirtual().start(() -> tryToAppend(session, run, Events.called("call_1"), null));
        assertThat(committing.await(20, TimeUnit.SECONDS)).isTrue();

        AtomicReference<Object> outcome = new AtomicReference<>();
        Thread second = Thread.ofPlatform().start(() -> tryToAppend(session, run, Events.called("call_2"), outcome));
        awaitWaiting(second);
        second.interrupt();
        goOn.countDown();
        assertThat(second.join(java.time.Duration.ofSeconds(20))).isTrue();
        assertThat(first.join(java.time.Duration.ofSeconds(20))).isTrue();

        boolean appended = store.sessions().toolCalls(session).size() == 2;
        assertThat(outcome.get()).isEqualTo(appended ? "appended, interrupted: true" : "not appended");
        assertThat(log(session).stream().map(Envelope::seq))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, appended ? 3 : 2).boxed().toList());
    }

    private void tryToAppend(SessionId session, RunId run, AgentEvent event, AtomicReference<Object> outcome) {
        String result;
        try {
            append(session, run, event);
            result = "appended, interrupted: " + Thread.interrupted();
        } catch (InterruptedException e) {
            result = "not appended";
        }
        if (outcome != null) {
            outcome.set(result);
        }
    }

    private static void awaitWaiting(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("it waits in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void saysThatItIsClosed() {
        SessionId session = session();
        store.check();
        store.close();
        store.close();

        assertRefused(AgentError.Internal.class, () -> append(session, null, Events.message("a")));
        assertRefused(AgentError.Internal.class, () -> log(session));
        assertRefused(AgentError.Internal.class, () -> store.check());
    }
}
