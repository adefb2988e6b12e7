package dev.dwata.cli.ask;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.StandardStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The message of a command line: its words, and what is piped in, which follows them.
///
/// `-` among the words means that the input belongs to the message, however long it takes to begin. Without it,
/// a pipe beside a message has a moment to say something: programs that start others often leave a pipe open
/// that nobody will ever write to.
public final class MessageInput {
    private static final int MAX_BYTES = 1 << 20;

    private final StandardStreams streams;
    private final Duration patience;

    public MessageInput(StandardStreams streams, Duration patience) {
        this.streams = streams;
        this.patience = patience;
    }

    /// @return absent where there is neither a word nor any input
    public @Nullable String read(List<String> words) throws InterruptedException {
        String message = words.stream()
                .filter(word -> !word.equals("-"))
                .collect(Collectors.joining(" "))
                .strip();
        String input = input(message, words.contains("-")).strip();
        if (message.isEmpty() || input.isEmpty()) {
            String only = message + input;
            return only.isEmpty() ? null : only;
        }
        return message + "\n\n" + input;
    }

    private String input(String message, boolean asked) throws InterruptedException {
        if (streams.inTerminal() && !asked) {
            return "";
        }
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("dwata-stdin").start(() -> read(begun, whole));
        if (!message.isEmpty() && !asked && !begun.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            streams.notice("nothing came through the pipe in " + patience.toSeconds()
                    + " s, going on without it; a '-' beside the message waits");
            return "";
        }
        try {
            return new String(whole.get(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            String problem = e.getCause() == null
                    ? e.toString()
                    : String.valueOf(e.getCause().getMessage());
            throw new CommandFailure(ExitCode.FAILED, problem, e);
        }
    }

    private void read(CountDownLatch begun, CompletableFuture<byte[]> whole) {
        try {
            byte[] bytes = readAll(streams.in(), begun);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("the input is larger than 1 MiB, the most a message can be");
            }
            whole.complete(bytes);
        } catch (IOException e) {
            whole.completeExceptionally(e);
        } finally {
            begun.countDown();
        }
    }

    private static byte[] readAll(InputStream in, CountDownLatch begun) throws IOException {
        byte[] first = in.readNBytes(1);
        begun.countDown();
        byte[] rest = in.readNBytes(MAX_BYTES);
        byte[] all = new byte[first.length + rest.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }
}
