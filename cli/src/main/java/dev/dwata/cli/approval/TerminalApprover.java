package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputResponse;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks at the terminal that the process was started from, wherever its standard streams lead. Lines typed
/// before a question are no answer to it.
public final class TerminalApprover implements Approver {
    private static final String TERMINAL = "/dev/tty";
    private static final long MINUTES = 10;

    private final InputStream in;
    private final PrintStream out;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private boolean asking;
    private boolean ended;
    private @Nullable Thread reader;

    TerminalApprover(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /// @return absent where the process has no terminal
    public static Optional<TerminalApprover> open() {
        try {
            FileInputStream in = new FileInputStream(TERMINAL);
            PrintStream out = new PrintStream(new FileOutputStream(TERMINAL), true, StandardCharsets.UTF_8);
            return Optional.of(new TerminalApprover(in, out));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputResponse ask(InputRequested request) throws InterruptedException {
        startReading();
        listen(true);
        try {
            out.print(Question.about(request) + Question.prompt(request));
            out.flush();
            Optional<String> answer = lines.poll(MINUTES, TimeUnit.MINUTES);
            if (answer == null || answer.isEmpty()) {
                out.println();
                return Question.response(request, null);
            }
            return Question.response(request, answer.get());
        } finally {
            listen(false);
        }
    }

    private synchronized void listen(boolean now) {
        lines.clear();
        asking = now;
        if (now && ended) {
            lines.add(Optional.empty());
        }
    }

    /// @param line absent at the end
    private synchronized void heard(@Nullable String line) {
        ended |= line == null;
        if (asking) {
            lines.add(Optional.ofNullable(line));
        }
    }

    /// One thread reads for as long as the process lives, because a read from a terminal cannot be taken back;
    /// what it reads while nobody asks is dropped.
    private synchronized void startReading() {
        if (reader == null) {
            dropWhatIsThere();
            reader = Thread.ofPlatform().daemon().name("dwata-terminal").start(this::readLines);
        }
    }

    private void dropWhatIsThere() {
        try {
            in.skipNBytes(in.available());
        } catch (IOException e) {
            // then reading it fails as well
        }
    }

    private void readLines() {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            out.println("dwata: the terminal cannot be read: " + e.getMessage());
        }
        heard(null);
    }
}
