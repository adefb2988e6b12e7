package dev.dwata.cli.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.event.Level;

/// What is printed beside the log. Where the log is JSON, each line that is complete becomes one of it, and a
/// longer one than 64 KiB several.
final class PrintedLines extends OutputStream {
    private static final int MOST = 64 * 1024;
    private static final String NAME = "dwata: ";

    private final ErrorLog log;
    private final PrintStream plain;
    private final String logger;
    private final Level level;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    PrintedLines(ErrorLog log, PrintStream plain, String logger, Level level) {
        this.log = log;
        this.plain = plain;
        this.logger = logger;
        this.level = level;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        if (!log.isJson()) {
            plain.write(bytes, from, length);
            return;
        }
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n' || line.size() == MOST) {
                tell();
            }
            if (bytes[i] != '\n') {
                line.write(bytes[i]);
            }
        }
    }

    private void tell() {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            String said = text.startsWith(NAME) ? text.substring(NAME.length()) : text;
            log.write(new Logged(level, logger, said, List.of(), null));
        }
    }

    /// An incomplete line waits for its end.
    @Override
    public synchronized void flush() {
        if (!log.isJson()) {
            plain.flush();
        }
    }
}
