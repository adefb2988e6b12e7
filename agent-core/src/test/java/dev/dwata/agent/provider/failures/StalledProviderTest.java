package dev.dwata.agent.provider.failures;

import static dev.dwata.agent.provider.failures.ProviderLab.completed;
import static dev.dwata.agent.provider.failures.ProviderLab.end;
import static dev.dwata.agent.provider.failures.ProviderLab.message;
import static dev.dwata.agent.provider.failures.ProviderLab.text;
import static dev.dwata.agent.provider.failures.ProviderLab.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.Run;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.types.AgentError.ModelRejected;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a run does where the connection stalls, is dead, leads elsewhere, or has many beside it: G11 to G14.
@Timeout(60)
class StalledProviderTest {
    private static final int LONG = 50_000;

    private final ProviderLab lab = new ProviderLab();

    @AfterEach
    void close() {
        lab.close();
    }

    /// G11: the head of the answer never comes, nor does its body; the next attempt is answered.
    @ParameterizedTest
    @CsvSource({"head", "body"})
    void asksAgainWhereNothingComes(String missing) {
        lab.timeouts(300, LONG, LONG);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        lab.server.answer(
                (request, wire) -> closed.complete((missing.equals("body") ? wire.stream() : wire).peerCloses(10_000)));
        lab.says("Hi");

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        new ErrorReported(new ModelUnavailable(
                                "no answer from lab: it took longer than allowed; asking again in 0.5 s"
                                        + " (attempt 2 of 5)",
                                Duration.ofMillis(500))),
                        new Token("Hi", 1),
                        turn(1, "lab/m", new Part.Text("Hi")),
                        completed("Hi", 1));
        assertThat(closed).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(true);
    }

    /// G11: silence between two words.
    @Test
    void failsWhereAnAnswerGoesSilent() {
        lab.timeouts(LONG, 300, LONG);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        lab.server.answer((request, wire) ->
                closed.complete(wire.stream().chunk(text("Well")).peerCloses(10_000)));

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        new Token("Well", 1),
                        new RunFailed(
                                new StreamIncomplete("the answer of lab broke off: it took longer than allowed")));
        assertThat(closed).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(true);
    }

    /// G11: signs of life for ever, and no word.
    @Test
    void givesUpOnSignsOfLife() {
        lab.timeouts(LONG, LONG, 300);
        for (int i = 0; i < 5; i++) {
            lab.server.answer((request, wire) -> {
                wire.stream();
                while (!wire.chunk(": still here\n\n").peerCloses(20)) {
                    // And so on.
                }
            });
        }
        assertThat(lab.run("Hello").getLast())
                .isEqualTo(new RunFailed(
                        new ModelUnavailable("no answer from lab: it took longer than allowed (asked 5 times)", null)));
    }

    /// G11: a cancel ends the run within a second wherever the call is, and the server sees the connection end.
    @ParameterizedTest
    @CsvSource({"head", "first byte", "words"})
    void isCancelledAtOnce(String during) throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        lab.server.answer((request, wire) -> {
            WireServer.Wire at = switch (during) {
                case "head" -> wire;
                case "first byte" -> wire.stream();
                default -> wire.stream().chunk(text("Well"));
            };
            stalled.countDown();
            closed.complete(at.peerCloses(10_000));
        });
        Run run = lab.prompt("Hello");
        assertThat(stalled.await(5, TimeUnit.SECONDS)).isTrue();

        long cancelled = System.nanoTime();
        run.cancel("enough");

        assertThat(ProviderLab.events(run).getLast()).isEqualTo(new RunCancelled("The run was cancelled.", "enough"));
        assertThat(closed).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(Duration.ofNanos(System.nanoTime() - cancelled)).isLessThan(Duration.ofSeconds(1));
    }

    /// G12: a kept connection turns out dead. The request is sent once for each attempt that is told of.
    @Test
    void sendsOneRequestForEachAttempt() {
        lab.says("One");
        lab.server.answer((request, wire) -> wire.reset());
        lab.says("Two").says("Three");

        assertThat(lab.run("First").getLast()).isEqualTo(completed("One", 1));
        List<AgentEvent> events = lab.run("Second");
        assertThat(events.getLast()).isEqualTo(completed("Two", 1));
        assertThat(events).filteredOn(ErrorReported.class::isInstance).hasSize(1);
        lab.run("Third");

        List<String> last = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String body = lab.server.request().body();
            last.add(body.contains("Third") ? "Third" : body.contains("Second") ? "Second" : "First");
        }
        assertThat(last).containsExactly("First", "Second", "Second", "Third");
    }

    /// G12: several kept connections are dead, as they are after a server was started anew. One attempt finds
    /// out.
    @Test
    void triesOnlyOneOfManyDeadConnections() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            lab.server.answer((request, wire) -> {
                both.countDown();
                both.await();
                wire.stream().chunk(text("Hi") + end("stop")).end();
            });
        }
        List<Run> runs = List.of(
                lab.runtime().createSession().prompt("Hello"),
                lab.runtime().createSession().prompt("Hello"));
        runs.forEach(run -> assertThat(ProviderLab.events(run).getLast()).isEqualTo(completed("Hi", 1)));
        lab.server.answer((request, wire) -> wire.reset());
        lab.server.answer((request, wire) -> {
            if (lab.server.connections() < 3) {
                wire.reset();
            } else {
                wire.stream().chunk(text("There") + end("stop")).end();
            }
        });

        assertThat(lab.run("And now?").getLast()).isEqualTo(completed("There", 1));
        assertThat(lab.waits).hasSize(1);
    }

    /// G13: to another host, which must not see the key.
    @ParameterizedTest
    @CsvSource({"301", "302", "307", "308"})
    void doesNotFollowToAnotherHost(int status) {
        lab.answers(status, "Location: " + lab.standIn.url() + "/elsewhere\r\n");

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"), new RunFailed(new ModelRejected("lab answered " + status + ": Oh", status)));
        assertThat(lab.standIn.connections()).isZero();
    }

    /// G14: 30 sessions at once, of which none waits for another.
    @Test
    void asksForThirtySessionsAtOnce() throws Exception {
        CountDownLatch streaming = new CountDownLatch(30);
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 30; i++) {
            lab.server.answer((request, wire) -> {
                wire.stream().chunk(text("Hi"));
                streaming.countDown();
                go.await();
                wire.chunk(end("stop")).end();
            });
        }
        List<Run> runs = new ArrayList<>();
        long started = System.nanoTime();
        for (int i = 0; i < 30; i++) {
            runs.add(lab.runtime().createSession().prompt("Hello"));
        }
        assertThat(streaming.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        go.countDown();

        for (Run run : runs) {
            assertThat(ProviderLab.events(run).getLast()).isEqualTo(completed("Hi", 1));
        }
        assertThat(lab.server.connections()).isEqualTo(30);
    }
}
