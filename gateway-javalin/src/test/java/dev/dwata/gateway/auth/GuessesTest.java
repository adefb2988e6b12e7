package dev.dwata.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// E10, F9: whoever guesses is slowed down, whoever knows is not.
class GuessesTest {
    private static final Callers CALLERS = token -> {
        if ("right".equals(token)) {
            return Caller.ANYBODY;
        }
        throw new AgentException(new AgentError.Unauthenticated("wrong"));
    };

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a clock may begin anywhere
    private final List<Duration> pauses = new ArrayList<>();
    private final Guesses guesses = new Guesses(now::get, time -> {
        pauses.add(time);
        now.addAndGet(time.toNanos());
    });
    private final AtomicInteger looked = new AtomicInteger();

    private static InetAddress at(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /// @return `in`, or the code of what it failed with
    private String attempt(String from, String token) {
        try {
            guesses.attempt(at(from), () -> {
                looked.incrementAndGet();
                return CALLERS.identify(token);
            });
            return "in";
        } catch (AgentException e) {
            return e.error().code().name();
        }
    }

    @Test
    void onThisMachineEachWrongGuessCostsTimeAndTheRightOneIsAlwaysLetIn() {
        int told = 0;
        for (int i = 0; i < 10_000; i++) {
            told += attempt("127.0.0.1", "guess" + i).equals("UNAUTHENTICATED") ? 1 : 0;
            if (i % 1_000 == 0) {
                assertThat(attempt("127.0.0.1", "right")).isEqualTo("in");
                assertThat(attempt("::1", "right")).isEqualTo("in");
            }
        }

        assertThat(pauses).hasSize(10_000).containsOnly(Guesses.DELAY);
        assertThat(told).as("in the 2500 s that this takes").isBetween(60, 42 * Guesses.LOCAL_A_MINUTE);
    }

    @Test
    void aMinuteHasOnlySoManyAnswers() {
        List<String> answers = new ArrayList<>();
        Guesses still = new Guesses(() -> 0, time -> {});
        for (int i = 0; i < 100; i++) {
            try {
                still.attempt(at("127.0.0.1"), () -> CALLERS.identify("wrong"));
            } catch (AgentException e) {
                answers.add(e.error().code().name());
            }
        }

        assertThat(answers.stream().filter("UNAUTHENTICATED"::equals)).hasSize(Guesses.LOCAL_A_MINUTE);
        assertThat(answers.stream().filter("RATE_LIMITED"::equals)).hasSize(100 - Guesses.LOCAL_A_MINUTE);
    }

    @Test
    void anotherMachineIsNotHeardForFiveMinutesAfterTenWrongOnes() {
        for (int i = 0; i < Guesses.REMOTE_A_MINUTE; i++) {
            assertThat(attempt("192.0.2.7", "wrong")).isEqualTo("UNAUTHENTICATED");
        }
        looked.set(0);

        assertThat(attempt("192.0.2.7", "right")).isEqualTo("RATE_LIMITED");
        assertThat(looked).as("nothing is looked up for it").hasValue(0);
        assertThat(attempt("192.0.2.8", "right")).as("another machine").isEqualTo("in");
        assertThat(attempt("127.0.0.1", "right")).as("this one").isEqualTo("in");
        now.addAndGet(Guesses.LOCKED.toNanos());
        assertThat(attempt("192.0.2.7", "right")).isEqualTo("in");
        assertThat(pauses).isEmpty();
    }

    @Test
    void theAddressesOfOneNetworkCountTogether() {
        for (int i = 0; i < Guesses.REMOTE_A_MINUTE; i++) {
            attempt("2001:db8::" + (i + 1), "wrong");
        }

        assertThat(attempt("2001:db8::ffff", "right")).isEqualTo("RATE_LIMITED");
        assertThat(attempt("2001:db8:0:1::1", "right")).isEqualTo("in");
    }

    @Test
    void aFewWrongOnesNowAndThenLockNobodyOut() {
        for (int i = 0; i < 100; i++) {
            assertThat(attempt("192.0.2.7", "wrong")).isEqualTo("UNAUTHENTICATED");
            now.addAndGet(Duration.ofSeconds(10).toNanos());
        }
    }
}
