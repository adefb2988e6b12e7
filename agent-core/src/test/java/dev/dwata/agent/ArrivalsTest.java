package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Envelope;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);
    private static final SessionId SESSION = SessionId.create();

    private final Arrivals arrivals = new Arrivals();

    @Test
    void givesEverythingInOrderHoweverFastItComes() throws Exception {
        int count = 3_000;
        CompletableFuture<List<Long>> read = CompletableFuture.supplyAsync(() -> read(count));

        for (int seq = 1; seq <= count; seq++) {
            arrivals.add(List.of(entry(seq)));
        }

        assertThat(read.get(20, TimeUnit.SECONDS))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
    }

    @Test
    void givesWhatComesAfterAFastStretchAsWell() throws Exception {
        arrivals.add(List.of(entry(1)));
        arrivals.add(List.of(entry(2)));
        assertThat(read(2)).containsExactly(1L, 2L);
        CompletableFuture<List<Long>> read = CompletableFuture.supplyAsync(() -> read(1));

        arrivals.add(List.of(entry(3)));

        assertThat(read.get(20, TimeUnit.SECONDS)).containsExactly(3L);
    }

    @Test
    void waitsNoLongerThanAllowedAlsoAfterAFastStretch() throws Exception {
        arrivals.add(List.of(entry(1)));
        arrivals.add(List.of(entry(2)));
        read(2);

        assertThat(arrivals.take(0)).isNull();
        assertThat(arrivals.take(1_000_000)).isNull();
    }

    @Test
    void canBeInterruptedAfterAFastStretch() throws Exception {
        arrivals.add(List.of(entry(1)));
        arrivals.add(List.of(entry(2)));
        read(2);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> arrivals.take(LONG)).isInstanceOf(InterruptedException.class);

        arrivals.add(List.of(entry(3)));
        assertThat(read(1)).containsExactly(3L);
    }

    private List<Long> read(int count) {
        List<Long> seen = new ArrayList<>();
        while (seen.size() < count) {
            try {
                Arrivals.Next next = arrivals.take(LONG);
                assertThat(next).isNotNull();
                next.events().forEach(event -> seen.add(event.seq()));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return seen;
    }

    private static Envelope entry(long seq) {
        return new Envelope(SESSION, seq, Instant.EPOCH, null, new Token("a", 1));
    }
}
