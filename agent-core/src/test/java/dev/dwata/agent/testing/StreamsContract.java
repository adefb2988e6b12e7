package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamAppend.Producer;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamOutcome;
import dev.dwata.agent.store.StreamOutcome.Done;
import dev.dwata.agent.store.StreamOutcome.Reason;
import dev.dwata.agent.store.StreamOutcome.Refused;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.store.Streams.Name;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [Streams] does; P2, P5, A9 to A13 for appends.
public abstract class StreamsContract extends StoreContract {
    private static final Name NOTES = new Name(OWNER, "notes/today");
    private static final StreamConfig TEXT = new StreamConfig("text/plain", null, null, false, null);
    private static final int ALL = 1 << 20;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));

    protected abstract Store emptyStore(InstantSource clock) throws Exception;

    @Override
    protected final Store emptyStore() throws Exception {
        return emptyStore(now::get);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static StreamAppend text(String text) {
        return StreamAppend.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static StreamAppend text(String text, String producer, long epoch, long seq) {
        return new StreamAppend(
                "text/plain",
                text.getBytes(StandardCharsets.UTF_8),
                null,
                null,
                new Producer(producer, epoch, seq),
                false);
    }

    private static StreamAppend closing(@Nullable Producer producer) {
        return new StreamAppend("", new byte[0], null, null, producer, true);
    }

    private StreamInfo made(Name name, StreamConfig config, String first) {
        return done(streams().create(name, config, text(first)));
    }

    private static StreamInfo done(StreamOutcome outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return ((Done) outcome).stream();
    }

    private static void assertRefused(Reason reason, StreamOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private String read(Name name) {
        return read(name, 0);
    }

    private String read(Name name, long after) {
        StringBuilder text = new StringBuilder();
        streams()
                .read(name, after, ALL)
                .orElseThrow()
                .chunks()
                .forEach(chunk -> text.append(new String(chunk.content(), StandardCharsets.UTF_8)));
        return text.toString();
    }

    private Streams streams() {
        return store.streams();
    }

    private static StreamConfig fork(String source, @Nullable Long at, long extra) {
        return new StreamConfig(null, null, null, false, new StreamConfig.Fork(source, at, extra));
    }

    @Test
    void keepsWhatIsAppendedInItsOrder() {
        made(NOTES, TEXT, "one ");
        StreamInfo after = done(streams().append(NOTES, text("two ")));
        done(streams().append(NOTES, text("three")));

        assertThat(after.tail()).isEqualTo(8);
        assertThat(read(NOTES)).isEqualTo("one two three");
        assertThat(read(NOTES, 4)).isEqualTo("two three");
        assertThat(read(NOTES, 13)).isEmpty();
        assertThat(streams().read(NOTES, 0, 1).orElseThrow().next(0)).isEqualTo(4);
    }

    @Test
    void keepsOwnersApart() {
        made(NOTES, TEXT, "mine");
        Name theirs = new Name(OTHER, NOTES.path());

        assertThat(streams().find(theirs)).isEmpty();
        assertRefused(Reason.NOT_FOUND, streams().append(theirs, text("x")));
        assertThat(streams().delete(theirs)).isEmpty();
        assertRefused(
                Reason.NOT_FOUND,
                streams().create(new Name(OTHER, "copy"), fork(NOTES.path(), null, 0), StreamAppend.nothing()));
        made(theirs, TEXT, "theirs");
        assertThat(read(NOTES)).isEqualTo("mine");
        assertThat(streams().list(OWNER, 10)).extracting(StreamInfo::name).containsExactly(NOTES);
    }

    @Test
    void isMadeOnce() {
        made(NOTES, TEXT, "one");

        assertThat(streams().create(NOTES, TEXT, text("two")))
                .isInstanceOfSatisfying(
                        Done.class, again -> assertThat(again.fresh()).isFalse());
        StreamConfig other = new StreamConfig("text/html", null, null, false, null);
        assertRefused(Reason.CONFLICT, streams().create(NOTES, other, StreamAppend.nothing()));
        assertThat(read(NOTES)).isEqualTo("one");
    }

    /// A9, A12
    @Test
    void takesTheSameAppendOnce() throws Exception {
        made(NOTES, TEXT, "");
        List<Callable<StreamOutcome>> same = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            same.add(() -> streams().append(NOTES, text("once", "p", 0, 0)));
        }
        int fresh = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(same)) {
                assertThat(outcome.get()).isInstanceOf(Done.class);
                fresh += ((Done) outcome.get()).fresh() ? 1 : 0;
            }
        }
        assertThat(fresh).isEqualTo(1);
        assertThat(read(NOTES)).isEqualTo("once");
    }

    @Test
    void knowsWhoseTurnItIs() {
        made(NOTES, TEXT, "");
        done(streams().append(NOTES, text("a", "p", 0, 0)));

        assertThat(streams().append(NOTES, text("c", "p", 0, 2))).isEqualTo(new StreamOutcome.Gap(1, 2));
        assertRefused(Reason.INVALID, streams().append(NOTES, text("c", "p", 1, 1)));
        done(streams().append(NOTES, text("b", "p", 1, 0)));
        assertThat(streams().append(NOTES, text("z", "p", 0, 1))).isEqualTo(new StreamOutcome.StaleEpoch(1));
        assertThat(read(NOTES)).isEqualTo("ab");
    }

    /// What is refused leaves nothing behind: neither a byte nor the producer's count.
    @Test
    void whatIsRefusedHasNotHappened() {
        made(NOTES, TEXT, "");
        StreamAppend broken =
                new StreamAppend("text/plain", new byte[0], "is broken", null, new Producer("p", 0, 0), true);

        assertRefused(Reason.INVALID, streams().append(NOTES, broken));
        assertThat(streams().find(NOTES).orElseThrow().closed()).isFalse();
        assertThat(streams().append(NOTES, text("a", "p", 0, 0)))
                .isInstanceOfSatisfying(
                        Done.class, first -> assertThat(first.fresh()).isTrue());
    }

    @Test
    void ordersItsWritersByteByByte() {
        made(NOTES, TEXT, "");
        done(streams().append(NOTES, ordered("2")));

        assertRefused(Reason.CONFLICT, streams().append(NOTES, ordered("10")));
        assertRefused(Reason.CONFLICT, streams().append(NOTES, ordered("2")));
        done(streams().append(NOTES, ordered("a")));
        assertRefused(Reason.CONFLICT, streams().append(NOTES, ordered("B")));
    }

    private static StreamAppend ordered(String order) {
        return new StreamAppend("text/plain", new byte[] {'x'}, null, order, null, false);
    }

    @Test
    void nothingFollowsItsEnd() {
        made(NOTES, TEXT, "all");
        Producer last = new Producer("p", 0, 0);
        done(streams().append(NOTES, closing(last)));

        assertRefused(Reason.CLOSED, streams().append(NOTES, text("more")));
        assertThat(done(streams().append(NOTES, closing(last))).closed()).isTrue();
        assertThat(done(streams().append(NOTES, closing(null))).closed()).isTrue();
        assertRefused(Reason.CLOSED, streams().append(NOTES, closing(new Producer("q", 0, 0))));
    }

    @Test
    void livesAsLongAsItIsUsed() {
        made(NOTES, new StreamConfig("text/plain", 60L, null, false, null), "x");
        pass(Duration.ofSeconds(50));
        assertThat(read(NOTES)).isEqualTo("x");
        pass(Duration.ofSeconds(50));
        assertThat(streams().find(NOTES)).isPresent();
        pass(Duration.ofSeconds(11));

        assertThat(streams().find(NOTES)).isEmpty();
        assertThat(streams().read(NOTES, 0, ALL)).isEmpty();
        assertRefused(Reason.NOT_FOUND, streams().append(NOTES, text("y")));
        made(NOTES, TEXT, "new");
        assertThat(read(NOTES)).isEqualTo("new");
    }

    @Test
    void whatHasExpiredIsSweptAway() {
        made(NOTES, new StreamConfig("text/plain", null, now.get().plusSeconds(60), false, null), "x");
        made(new Name(OWNER, "kept"), TEXT, "y");
        pass(Duration.ofSeconds(61));

        assertThat(streams().sweep(10)).isEqualTo(1);
        assertThat(streams().sweep(10)).isZero();
        assertThat(streams().list(OWNER, 10)).hasSize(1);
    }

    @Test
    void aForkGoesItsOwnWay() {
        made(NOTES, TEXT, "shared ");
        Name copy = new Name(OWNER, "copy");
        done(streams().create(copy, fork(NOTES.path(), null, 0), StreamAppend.nothing()));
        done(streams().append(NOTES, text("theirs")));
        done(streams().append(copy, text("ours")));
        Name deeper = new Name(OWNER, "deeper");
        done(streams().create(deeper, fork("copy", 7L, 2), StreamAppend.nothing()));

        assertThat(read(NOTES)).isEqualTo("shared theirs");
        assertThat(read(copy)).isEqualTo("shared ours");
        assertThat(read(copy, 7)).isEqualTo("ours");
        assertThat(read(deeper)).isEqualTo("shared ou");
        assertRefused(
                Reason.INVALID, streams().create(new Name(OWNER, "x"), fork("copy", 99L, 0), StreamAppend.nothing()));
    }

    @Test
    void whatIsForkedStaysForItsForks() {
        made(NOTES, TEXT, "shared ");
        Name copy = new Name(OWNER, "copy");
        done(streams().create(copy, fork(NOTES.path(), null, 0), StreamAppend.nothing()));
        assertThat(streams().delete(NOTES))
                .hasValueSatisfying(was -> assertThat(was.deleted()).isFalse());

        assertThat(read(copy)).isEqualTo("shared ");
        assertThat(streams().find(NOTES).orElseThrow().deleted()).isTrue();
        assertRefused(Reason.GONE, streams().append(NOTES, text("x")));
        assertRefused(Reason.CONFLICT, streams().create(NOTES, TEXT, StreamAppend.nothing()));
        assertThat(streams().list(OWNER, 10)).extracting(StreamInfo::name).containsExactly(copy);

        assertThat(streams().delete(copy)).isPresent();
        assertThat(streams().find(NOTES)).isEmpty();
        made(NOTES, TEXT, "again");
    }

    @Test
    void tellsWhatChanged() {
        List<Name> heard = new CopyOnWriteArrayList<>();
        streams().listen(new Streams.Listener() {
            @Override
            public void changed(Name name) {
                heard.add(name);
            }

            @Override
            public void changedElsewhere() {}
        });
        made(NOTES, TEXT, "");
        done(streams().append(NOTES, text("x")));
        assertThat(heard).containsExactly(NOTES, NOTES);
    }
}
