package dev.dwata.agent.provider.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.testing.Asked;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryingTest {
    private static final AgentError BUSY = new ModelUnavailable("p answered 503", null);

    private final ScriptedModel model = new ScriptedModel();
    private final List<Duration> waits = new ArrayList<>();

    /// G2: 503 three times, then an answer.
    @Test
    void asksAgainAfterTwiceAsLongEachTime() {
        model.fails(BUSY).fails(BUSY).fails(BUSY).says("Hi");

        Asked asked = Asked.of(retrying(1));

        assertThat(asked.reply().message().text()).isEqualTo("Hi");
        assertThat(waits).containsExactly(seconds(1), seconds(2), seconds(4));
        assertThat(asked.deltas())
                .containsExactly(
                        troubled("p answered 503; asking again in 1 s (attempt 2 of 5)", seconds(1)),
                        troubled("p answered 503; asking again in 2 s (attempt 3 of 5)", seconds(2)),
                        troubled("p answered 503; asking again in 4 s (attempt 4 of 5)", seconds(4)),
                        new ModelDelta.Text("Hi"));
    }

    /// G2: 500 for ever.
    @Test
    void givesUpAfterTheLastAttempt() {
        for (int i = 0; i < 10; i++) {
            model.fails(BUSY);
        }

        Asked asked = Asked.of(retrying(1));

        assertThat(asked.error()).isEqualTo(new ModelUnavailable("p answered 503 (asked 5 times)", null));
        assertThat(waits).containsExactly(seconds(1), seconds(2), seconds(4), seconds(8));
        assertThat(model.requests()).hasSize(5);
    }

    @Test
    void leavesToChanceHowMuchOfADelayPasses() {
        model.fails(BUSY).fails(BUSY).says("Hi");

        Asked asked = Asked.of(retrying(0.25));

        assertThat(waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(asked.deltas().getFirst())
                .isEqualTo(troubled("p answered 503; asking again in 0.3 s (attempt 2 of 5)", Duration.ofMillis(250)));
    }

    @Test
    void waitsNoLongerThanTheLongestDelay() {
        for (int i = 0; i < 8; i++) {
            model.fails(BUSY);
        }
        RetryPolicy policy = new RetryPolicy(8, seconds(1), seconds(16), seconds(120));

        Asked.of(new Retrying(model, policy, waits::add, () -> 1));

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 16L, 16L);
    }

    /// G1.
    @Test
    void waitsAsLongAsTheProviderSaysAndSomeMore() {
        model.fails(new ModelUnavailable("p answered 429", seconds(20)))
                .fails(new AgentError.RateLimited("p answered 429", seconds(120)))
                .says("Hi");

        Asked asked = Asked.of(retrying(0.5));

        assertThat(waits).containsExactly(Duration.ofMillis(20_500), seconds(121));
        assertThat(asked.deltas())
                .startsWith(
                        troubled("p answered 429; asking again in 21 s (attempt 2 of 5)", Duration.ofMillis(20_500)),
                        new ModelDelta.Troubled(new AgentError.RateLimited(
                                "p answered 429; asking again in 121 s (attempt 3 of 5)", seconds(121))));
    }

    /// G1: `retry-after: 999999`.
    @Test
    void doesNotWaitWhereTheProviderWantsMoreThanIsAllowed() {
        model.fails(new ModelUnavailable("p answered 429", seconds(121)));

        Asked asked = Asked.of(retrying(1));

        assertThat(asked.error())
                .isEqualTo(new ModelUnavailable("p answered 429; it may be asked again in 121 s", seconds(121)));
        assertThat(waits).isEmpty();
        assertThat(asked.deltas()).isEmpty();
    }

    /// G3: what people have begun to read is not said twice.
    @Test
    void doesNotAskAgainOnceSomethingWasSeen() {
        model.cutsAfter("Half");
        assertThat(Asked.of(retrying(1)).error()).isInstanceOf(StreamIncomplete.class);

        ScriptedModel thinking =
                new ScriptedModel().turn(turn -> turn.thinks("Hm.").fails(BUSY));
        assertThat(Asked.of(new Retrying(thinking, RetryPolicy.DEFAULT, waits::add, () -> 1))
                        .error())
                .isEqualTo(BUSY);
        assertThat(waits).isEmpty();
    }

    /// G5: only a call had begun, which nobody has seen.
    @Test
    void asksAgainWhereOnlyACallWasCutOff() {
        model.fails(new StreamIncomplete("the answer of p ended")).says("Hi");

        Asked asked = Asked.of(retrying(1));

        assertThat(asked.reply().message().text()).isEqualTo("Hi");
        assertThat(asked.deltas().getFirst())
                .isEqualTo(troubled("the answer of p ended; asking again in 1 s (attempt 2 of 5)", seconds(1)));
    }

    /// G2: 400, 401, 413; and what is no failure of a model.
    @ParameterizedTest
    @CsvSource({"400", "401", "404", "413"})
    void doesNotRepeatWhatWasRefused(int status) {
        model.fails(new AgentError.ModelRejected("no", status));
        assertThat(Asked.of(retrying(1)).error()).isEqualTo(new AgentError.ModelRejected("no", status));
        assertThat(waits).isEmpty();
    }

    @Test
    void leavesTroubleOfTheStorageToOthers() {
        model.says("Hi");
        AgentException full = new AgentException(new AgentError.StorageBusy("locked"));
        assertThatThrownBy(() -> retrying(1).stream(Asked.hello(), delta -> {
                    throw full;
                }))
                .isSameAs(full);
        assertThat(model.requests()).hasSize(1);
    }

    /// G1: cancel works during the wait.
    @Test
    void endsItsWaitAtOnceWhenInterrupted() throws Exception {
        model.fails(new ModelUnavailable("p answered 429", seconds(100)));
        CountDownLatch told = new CountDownLatch(1);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                new Retrying(model, RetryPolicy.DEFAULT).stream(Asked.hello(), delta -> told.countDown());
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.complete(e);
            }
        });
        assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        assertThat(outcome)
                .succeedsWithin(1, TimeUnit.SECONDS)
                .satisfies(e -> assertThat(e).isInstanceOf(InterruptedException.class));
    }

    @Test
    void refusesPoliciesThatMakeNoSense() {
        assertThatThrownBy(() -> new RetryPolicy(0, seconds(1), seconds(1), seconds(1)))
                .hasMessage("attempts must be 1 to 20, not 0");
        assertThatThrownBy(() -> new RetryPolicy(1, seconds(1), seconds(-1), seconds(1)))
                .hasMessage("longestDelay must not be negative, but is PT-1S");
    }

    private Retrying retrying(double chance) {
        return new Retrying(model, RetryPolicy.DEFAULT, waits::add, () -> chance);
    }

    private static ModelDelta troubled(String message, Duration wait) {
        return new ModelDelta.Troubled(new ModelUnavailable(message, wait));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
