package dev.dwata.agent.provider.failures;

import static dev.dwata.agent.provider.failures.ProviderLab.completed;
import static dev.dwata.agent.provider.failures.ProviderLab.end;
import static dev.dwata.agent.provider.failures.ProviderLab.message;
import static dev.dwata.agent.provider.failures.ProviderLab.text;
import static dev.dwata.agent.provider.failures.ProviderLab.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.Run;
import dev.dwata.agent.provider.resilience.Pause;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a run does while its provider is limited or overloaded: G1, G2, G3.
@Timeout(60)
class BusyProviderTest {
    private static final String OVERLOADED =
            "event: error\ndata: {\"error\":{\"type\":\"overloaded_error\"," + "\"message\":\"Overloaded\"}}\n\n";

    private final ProviderLab lab = new ProviderLab();

    @AfterEach
    void close() {
        lab.close();
    }

    /// G1: forms of `retry-after`, and how long is waited; half of the first delay of a second comes on top.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after: 2      | 2500",
                "Retry-After: 0      | 500",
                "retry-after-ms: 250 | 750",
                "retry-after: 1.5    | 2000",
                "retry-after: soon   | 500",
                "retry-after: -3     | 500",
                "retry-after: 120    | 120500"
            })
    void waitsAsLongAsItIsTold(String header, int millis) {
        lab.answers(429, header + "\r\n").says("Hi");

        Duration wait = Duration.ofMillis(millis);
        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        new ErrorReported(new ModelUnavailable(
                                "lab answered 429: Oh; asking again in "
                                        + (millis < 10_000
                                                ? String.valueOf(Math.round(millis / 100.0) / 10.0)
                                                        .replace(".0", "")
                                                : "121")
                                        + " s (attempt 2 of 5)",
                                wait)),
                        new Token("Hi", 1),
                        turn(1, "lab/m", new Part.Text("Hi")),
                        completed("Hi", 1));
        assertThat(lab.waits).containsExactly(wait);
    }

    /// G1: a date.
    @Test
    void waitsUntilADate() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(30).atOffset(ZoneOffset.UTC));
        lab.answers(503, "retry-after: " + date + "\r\n").says("Hi");

        lab.run("Hello");

        assertThat(lab.waits)
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(31)));
    }

    /// G1: more than is allowed is not waited for, and told.
    @ParameterizedTest
    @CsvSource({"121, 121", "999999, 999999"})
    void failsAtOnceWhereItWouldHaveToWaitTooLong(String header, int seconds) {
        lab.answers(429, "retry-after: " + header + "\r\n");

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        new RunFailed(new ModelUnavailable(
                                "lab answered 429: Oh; it may be asked again in " + seconds + " s",
                                Duration.ofSeconds(seconds))));
        assertThat(lab.waits).isEmpty();
    }

    /// G1: cancel works during the wait, at once.
    @Test
    void isCancelledWhileItWaits() throws Exception {
        CompletableFuture<Duration> waiting = new CompletableFuture<>();
        lab.pause(time -> {
                    waiting.complete(time);
                    Pause.ASLEEP.take(time);
                })
                .answers(429, "retry-after: 100\r\n");

        Run run = lab.prompt("Hello");
        assertThat(waiting).succeedsWithin(5, TimeUnit.SECONDS);
        long cancelled = System.nanoTime();
        run.cancel("enough");

        assertThat(ProviderLab.events(run).getLast()).isEqualTo(new RunCancelled("The run was cancelled.", "enough"));
        assertThat(Duration.ofNanos(System.nanoTime() - cancelled)).isLessThan(Duration.ofSeconds(1));
    }

    /// G2: 529, 503 and 500 in a row, then an answer.
    @Test
    void goesOnWhenTheTroublePasses() {
        lab.answers(529, "").answers(503, "").answers(500, "").says("Hi");

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        trouble("lab answered 529: Oh; asking again in 0.5 s (attempt 2 of 5)", 500),
                        trouble("lab answered 503: Oh; asking again in 1 s (attempt 3 of 5)", 1_000),
                        trouble("lab answered 500: Oh; asking again in 2 s (attempt 4 of 5)", 2_000),
                        new Token("Hi", 1),
                        turn(1, "lab/m", new Part.Text("Hi")),
                        completed("Hi", 1));
    }

    /// G2: 500 for ever.
    @Test
    void failsAfterFiveAttempts() {
        for (int i = 0; i < 6; i++) {
            lab.answers(500, "");
        }

        List<AgentEvent> events = lab.run("Hello");

        assertThat(events).hasSize(6);
        assertThat(events.getLast())
                .isEqualTo(new RunFailed(new ModelUnavailable("lab answered 500: Oh (asked 5 times)", null)));
        assertThat(lab.waits).extracting(Duration::toMillis).containsExactly(500L, 1_000L, 2_000L, 4_000L);
    }

    /// G2: what blames the request or the key is asked once.
    @ParameterizedTest
    @CsvSource({"400", "401", "403", "413"})
    void failsAtOnceWhereTheRequestIsRefused(int status) {
        lab.answers(status, "").says("never");

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        new RunFailed(new AgentError.ModelRejected("lab answered " + status + ": Oh", status)));
        lab.server.request();
        assertThat(lab.waits).isEmpty();
    }

    /// G3: an error in an answer that had begun as 200, before anything was said.
    @Test
    void asksAgainAfterAnErrorBeforeTheFirstWord() {
        lab.streams(OVERLOADED).says("Hi");

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        trouble("lab reported an error: Overloaded; asking again in 0.5 s (attempt 2 of 5)", 500),
                        new Token("Hi", 1),
                        turn(1, "lab/m", new Part.Text("Hi")),
                        completed("Hi", 1));
    }

    /// G3: after 100 tokens. What was said is not said again, and is no part of the conversation.
    @Test
    void failsAfterAnErrorInTheMiddle() {
        lab.streams(text("word ").repeat(100) + OVERLOADED).says("Hi");

        List<AgentEvent> events = lab.run("Hello");

        assertThat(events).hasSize(102);
        assertThat(events.getLast())
                .isEqualTo(new RunFailed(new StreamIncomplete("lab reported an error: Overloaded")));
        lab.server.request();
        lab.run("And now?");
        assertThat(lab.server.request().body()).doesNotContain("word").contains("Hello", "And now?");
    }

    /// G3: with a model that stands in, which begins again.
    @Test
    void beginsAgainWithAnotherModelAfterAnErrorInTheMiddle() {
        lab.withStandIn().streams(text("Half") + OVERLOADED);
        lab.standIn.streams((text("Whole") + end("stop")).getBytes(StandardCharsets.UTF_8));

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        new Token("Half", 1),
                        new AttemptReset(1, "the answer of lab/m was cut off; spare/m answers instead"),
                        new ErrorReported(new StreamIncomplete(
                                "lab reported an error: Overloaded; asking spare/m instead of lab/m")),
                        new Token("Whole", 1),
                        turn(1, "spare/m", new Part.Text("Whole")),
                        completed("Whole", 1));
    }

    private static ErrorReported trouble(String message, int millis) {
        return new ErrorReported(new ModelUnavailable(message, Duration.ofMillis(millis)));
    }
}
