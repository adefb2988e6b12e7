package dev.dwata.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.cli.output.Captured;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.StandardStreams;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessageInputTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Captured captured = new Captured();

    @Test
    void joinsWords() throws Exception {
        assertThat(read("", "What", "is", "new?")).isEqualTo("What is new?");
    }

    @Test
    void takesWhatIsPipedAsTheMessage() throws Exception {
        assertThat(read("  What is new?\n")).isEqualTo("What is new?");
    }

    @Test
    void putsWhatIsPipedBehindTheWords() throws Exception {
        assertThat(read("line 1\nline 2\n", "Explain", "this")).isEqualTo("Explain this\n\nline 1\nline 2");
    }

    @Test
    void ignoresAnEmptyPipe() throws Exception {
        assertThat(read(" \n", "Explain")).isEqualTo("Explain");
    }

    @Test
    void isNoMessageWhereThereIsNothingAtAll() throws Exception {
        assertThat(read(" \n")).isNull();
        assertThat(new MessageInput(captured.terminal(false), LONG).read(List.of()))
                .isNull();
    }

    @Test
    void doesNotReadFromATerminalUnlessAsked() throws Exception {
        assertThat(new MessageInput(captured.terminal(false), LONG).read(List.of("Hi")))
                .isEqualTo("Hi");
    }

    @Test
    void goesOnWithoutAPipeThatNobodyWritesTo() throws Exception {
        PipedInputStream silent = new PipedInputStream(new PipedOutputStream());

        String message = new MessageInput(captured.streams(silent), Duration.ofMillis(50)).read(List.of("Hi"));

        assertThat(message).isEqualTo("Hi");
        assertThat(captured.err()).contains("going on without it").contains("'-'");
    }

    @Test
    void waitsForASlowPipeWhereADashAsksForIt() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream slow = new PipedInputStream(writer);
        CompletableFuture<String> message = new CompletableFuture<>();
        Thread reading = Thread.ofPlatform().start(() -> {
            try {
                message.complete(new MessageInput(captured.streams(slow), Duration.ZERO).read(List.of("Explain", "-")));
            } catch (InterruptedException | RuntimeException e) {
                message.completeExceptionally(e);
            }
        });
        assertThat(reading.isAlive()).isTrue();
        writer.write("late".getBytes(StandardCharsets.UTF_8));
        writer.close();

        assertThat(message.get(30, TimeUnit.SECONDS)).isEqualTo("Explain\n\nlate");
    }

    @Test
    void refusesMoreThanAMessageCanBe() {
        assertThatThrownBy(() -> read("x".repeat((1 << 20) + 1), "Explain"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("1 MiB");
    }

    private String read(String input, String... words) throws InterruptedException, IOException {
        StandardStreams streams = captured.streams(input);
        return new MessageInput(streams, LONG).read(List.of(words));
    }
}
