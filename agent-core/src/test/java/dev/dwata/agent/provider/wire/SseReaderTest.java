package dev.dwata.agent.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
    private record Event(String name, String data) {}

    @Test
    void readsNamesAndData() {
        assertThat(events("event: a\ndata: one\n\ndata: two\n\n"))
                .containsExactly(new Event("a", "one"), new Event("", "two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void endsLinesInThreeWays(String end) {
        assertThat(events("data: one" + end + "data: two" + end + end + "event: b" + end + "data: three" + end + end))
                .containsExactly(new Event("", "one\ntwo"), new Event("b", "three"));
    }

    @Test
    void ignoresCommentsIdsAndUnknownFields() {
        assertThat(events(": hello\n:\nid: 7\nretry: 5\nnonsense\ndata: one\n: within\nfoo: bar\n\n"))
                .containsExactly(new Event("", "one"));
    }

    @Test
    void takesOneSpaceOffAValue() {
        assertThat(events("data:one\n\ndata:  two \n\n")).containsExactly(new Event("", "one"), new Event("", " two "));
    }

    @Test
    void keepsEmptyLinesOfDataButGivesNoEventWithoutAny() {
        assertThat(events("data\ndata: x\ndata:\n\nevent: lost\n\ndata:\n\ndata: y\n\n"))
                .containsExactly(new Event("", "\nx\n"), new Event("", "y"));
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(events("\uFEFFdata: one\n\n")).containsExactly(new Event("", "one"));
    }

    @Test
    void givesOutAnEventThatTheEndCutsOffFromItsEmptyLine() {
        assertThat(events("data: one\n\ndata: [DONE]")).containsExactly(new Event("", "one"), new Event("", "[DONE]"));
        assertThat(events("data: one\n")).containsExactly(new Event("", "one"));
        assertThat(events("event: x\n: nothing")).isEmpty();
        assertThat(events("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void readsTheSameWhereverTheBytesAreSplit(String end) throws IOException {
        String text = "\uFEFF: c\nevent: ü\ndata: {\"a\":\"日本 🎉\\n\"}\ndata: x\n\n\ndata: y\n\ndata: z";
        byte[] bytes = text.replace("\n", end).getBytes(StandardCharsets.UTF_8);
        List<Event> whole = events(new ByteArrayInputStream(bytes));
        assertThat(whole).hasSize(3);
        for (int at = 0; at <= bytes.length; at++) {
            InputStream first = new ByteArrayInputStream(bytes, 0, at);
            InputStream rest = new ByteArrayInputStream(bytes, at, bytes.length - at);
            assertThat(events(new SequenceInputStream(first, rest))).isEqualTo(whole);
        }
        assertThat(events(new OneByOne(bytes))).isEqualTo(whole);
    }

    /// C11: what a model says cannot end an event.
    @Test
    void doesNotTakeALineSeparatorOfUnicodeForTheEndOfALine() {
        assertThat(events("data: a\u2028b\u0085c\u000bd\n\n")).containsExactly(new Event("", "a\u2028b\u0085c\u000bd"));
    }

    @Test
    void givesOutAnEventBeforeMoreComes() throws IOException {
        InputStream never = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read on, though an event was there");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
        byte[] bytes = "data: one\r\n\r".getBytes(StandardCharsets.UTF_8);
        SseReader reader = new SseReader(new SequenceInputStream(new ByteArrayInputStream(bytes), never));
        assertThat(reader.next().text()).isEqualTo("one");
    }

    @Test
    void takesALineOfAMebibyteAndRefusesALongerOne() throws IOException {
        int most = 1 << 20;
        assertThat(events("data:" + "x".repeat(most - 5) + "\n\n").getFirst().data())
                .hasSize(most - 5);
        assertThatThrownBy(() -> reader("data:" + "x".repeat(most - 4) + "\n\n").next())
                .isInstanceOf(IOException.class)
                .hasMessage("a line of the answer is over 1048576 bytes");
        assertThatThrownBy(() -> reader("x".repeat(most * 2)).next()).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAnEventOverFourMebibytes() {
        String line = "data:" + "x".repeat(1 << 19) + "\n";
        assertThatThrownBy(() -> reader(line.repeat(9) + "\n").next())
                .isInstanceOf(IOException.class)
                .hasMessage("an event of the answer is over 4194304 bytes");
    }

    @Test
    void refusesAnAnswerOverThirtyTwoMebibytes() {
        byte[] comment = (": " + "x".repeat(1021) + "\n").getBytes(StandardCharsets.UTF_8);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int n = Math.min(length, comment.length);
                System.arraycopy(comment, 0, bytes, offset, n);
                return n;
            }
        };
        assertThatThrownBy(() -> new SseReader(endless).next())
                .isInstanceOf(IOException.class)
                .hasMessage("the answer is over 33554432 bytes");
    }

    private static SseReader reader(String text) {
        return new SseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Event> events(String text) {
        try {
            return events(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Event> events(InputStream in) throws IOException {
        SseReader reader = new SseReader(in);
        List<Event> events = new ArrayList<>();
        for (SseEvent event = reader.next(); event != null; event = reader.next()) {
            events.add(new Event(event.name(), event.text()));
        }
        assertThat(reader.next()).isNull();
        return events;
    }

    private static final class OneByOne extends ByteArrayInputStream {
        OneByOne(byte[] bytes) {
            super(Arrays.copyOf(bytes, bytes.length));
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(1, length));
        }
    }
}
