package dev.dwata.gateway.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.gateway.http.Socket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Line line = new Line();
    private int overflows;

    /// A network that takes messages when it is told to.
    private static final class Line implements Socket {
        private final List<String> sent = new ArrayList<>();
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean fast;

        @Override
        public InetAddress peer() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public @Nullable String token() {
            return null;
        }

        @Override
        public void send(String text, Runnable taken, Runnable failed) {
            sent.add(text);
            if (fast) {
                taken.run();
            } else {
                waiting.add(taken);
            }
        }

        void takeOne() {
            waiting.remove().run();
        }

        void takeAll() {
            while (!waiting.isEmpty()) {
                takeOne();
            }
        }

        @Override
        public void ping() {}

        @Override
        public void demand() {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void drop() {}
    }

    private Outbox outbox(int frames, long bytes) {
        return new Outbox(line, WsLimits.builder().outbox(frames, bytes).build(), () -> overflows++);
    }

    private static Outgoing event(String text) {
        return new Outgoing(text, text.length(), true);
    }

    private static Outgoing response(String text) {
        return new Outgoing(text, text.length(), false);
    }

    @Test
    void sendsOneMessageAtATimeInOrder() {
        Outbox outbox = outbox(10, 1_000);

        outbox.send(event("a"));
        outbox.send(List.of(response("b"), event("c")));

        assertThat(line.sent).containsExactly("a");
        line.takeOne();
        assertThat(line.sent).containsExactly("a", "b");
        line.takeAll();
        assertThat(line.sent).containsExactly("a", "b", "c");
        outbox.send(event("d"));
        assertThat(line.sent).endsWith("d");
    }

    @Test
    void overflowsOnceAndIsSilentFromThenOn() {
        Outbox outbox = outbox(2, 1_000);
        outbox.send(event("under way"));
        outbox.send(List.of(event("1"), event("2")));
        assertThat(overflows).isZero();

        outbox.send(event("3"));
        outbox.send(event("4"));
        line.takeAll();

        assertThat(overflows).isEqualTo(1);
        assertThat(line.sent).containsExactly("under way");
    }

    @Test
    void countsBytesButTakesOneFrameOfAnyLength() {
        Outbox outbox = outbox(100, 10);
        outbox.send(event("x".repeat(1_000)));
        outbox.send(event("y".repeat(1_000)));
        assertThat(overflows).isZero();

        outbox.send(event("z"));

        assertThat(overflows).isEqualTo(1);
    }

    @Test
    void mergesEventsThatWaitAndNothingElse() {
        Outbox outbox = outbox(1_000, 1 << 20);
        outbox.mergeEvents();
        outbox.send(event("{1}"));
        outbox.send(List.of(event("{2}"), event("{3}"), response("{r}"), event("{4}")));

        line.takeAll();

        assertThat(line.sent).containsExactly("{1}", "[{2},{3}]", "{r}", "{4}");
    }

    @Test
    void limitsHowManyEventsShareAMessage() {
        Outbox outbox = outbox(1_000, 1 << 20);
        outbox.mergeEvents();

        outbox.send(IntStream.range(0, 100).mapToObj(i -> event("1")).toList());
        outbox.send(List.of(event("x".repeat(60_000)), event("y".repeat(60_000))));
        line.takeAll();

        assertThat(line.sent.stream().map(message -> message.split(",", -1).length))
                .containsExactly(64, 36 + 1, 1);
    }

    @Test
    void keepsEventsBackWhileResponsesGoOut() {
        Outbox outbox = outbox(10, 1_000);
        outbox.hold();
        outbox.send(event("e1"));
        outbox.send(response("r"));
        outbox.send(event("e2"));
        line.takeAll();
        assertThat(line.sent).containsExactly("r");

        outbox.release();
        line.takeAll();

        assertThat(line.sent).containsExactly("r", "e1", "e2");
    }

    @Test
    void finishesAfterWhatWaits() {
        Outbox outbox = outbox(10, 1_000);
        outbox.hold();
        outbox.send(response("1"));
        outbox.send(event("2"));

        outbox.finish(() -> line.sent.add("end"));
        outbox.send(event("too late"));
        outbox.finish(() -> line.sent.add("second end"));
        line.takeAll();

        assertThat(line.sent).containsExactly("1", "2", "end");
    }

    @Test
    void finishesAtOnceWhenNothingWaits() {
        Outbox outbox = outbox(10, 1_000);

        outbox.finish(() -> line.sent.add("end"));

        assertThat(line.sent).containsExactly("end");
    }

    @Test
    void sendsNothingAfterItIsClosed() {
        Outbox outbox = outbox(10, 1_000);
        outbox.send(List.of(event("1"), event("2")));

        outbox.close();
        line.takeAll();
        outbox.send(event("3"));
        outbox.finish(() -> line.sent.add("end"));

        assertThat(line.sent).containsExactly("1");
    }

    /// A network that takes everything at once fills no stack.
    @Test
    void sendsAnyNumberInARow() throws Exception {
        Outbox outbox = outbox(200_000, 1 << 30);
        outbox.send(event("first"));
        outbox.send(IntStream.range(0, 100_000).mapToObj(i -> event("e")).toList());
        CompletableFuture<Void> end = new CompletableFuture<>();
        outbox.finish(() -> end.complete(null));

        line.fast = true;
        line.takeOne();

        end.get(20, TimeUnit.SECONDS);
        assertThat(line.sent).hasSize(100_001);
    }

    @Test
    void waitsForRoomAsLongAsTheNetworkTakesSomething() throws Exception {
        Outbox outbox = outbox(8, 1_000);
        assertThat(outbox.awaitRoom(Duration.ZERO)).isTrue();
        outbox.send(event("under way"));
        outbox.send(IntStream.range(0, 8).mapToObj(i -> event("e")).toList());
        assertThat(outbox.roomy()).isFalse();
        assertThat(outbox.awaitRoom(Duration.ofMillis(1))).isFalse();

        CompletableFuture<Boolean> room = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                room.complete(outbox.awaitRoom(LONG));
            } catch (InterruptedException e) {
                room.completeExceptionally(e);
            }
        });
        for (int i = 0; i < 6; i++) {
            assertThat(room).isNotDone();
            line.takeOne();
        }

        assertThat(room.get(20, TimeUnit.SECONDS)).isTrue();
        waiting.join();
        assertThat(outbox.roomy()).isTrue();
    }

    @Test
    void endsTheWaitWhenItIsClosed() throws Exception {
        Outbox outbox = outbox(4, 1_000);
        outbox.send(event("under way"));
        outbox.send(IntStream.range(0, 4).mapToObj(i -> event("e")).toList());

        outbox.close();

        assertThat(outbox.awaitRoom(LONG)).isFalse();
    }

    @Test
    void writesEventsWithoutASequenceNumberWhereThereIsNone() {
        assertThat(Outgoing.event("presence", Map.of("a", 1)).text())
                .isEqualTo("{\"type\":\"event\",\"event\":\"presence\",\"payload\":{\"a\":1}}");
    }
}
