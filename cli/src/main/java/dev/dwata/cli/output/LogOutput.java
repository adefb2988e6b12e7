package dev.dwata.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What the log and the virtual machine say, so that nobody forges it: a line that is printed stays one line,
/// and what would control a terminal is written out. For a [PrintStream] in UTF-8, which writes what it prints
/// at once.
public final class LogOutput extends OutputStream {
    private static final String INDENT = "\n    ";

    private final OutputStream out;

    private LogOutput(OutputStream out) {
        this.out = out;
    }

    public static PrintStream over(OutputStream out) {
        return new PrintStream(new LogOutput(out), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        StringBuilder safe = new StringBuilder(length + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && i < end) {
                safe.append(INDENT);
            } else if (c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f)) {
                safe.append(c);
            } else if (c != '\r' || i + 1 != end) {
                safe.append("\\x%02x".formatted((int) c));
            }
        }
        out.write(safe.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }
}
