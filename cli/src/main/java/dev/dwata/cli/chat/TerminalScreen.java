package dev.dwata.cli.chat;

import dev.dwata.cli.output.Printable;
import dev.dwata.cli.output.Screen;
import dev.dwata.cli.output.Style;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;

/// The terminal of a conversation. While a message or an answer is being typed, what comes is shown above
/// it, by whole lines.
final class TerminalScreen implements Screen {
    private final Terminal terminal;
    private final List<LineReader> readers;
    private final PrintWriter out;
    private final Style style;
    private final StringBuilder held = new StringBuilder();
    private boolean midLine;

    TerminalScreen(Terminal terminal, List<LineReader> readers, Style style) {
        this.terminal = terminal;
        this.readers = readers;
        this.out = terminal.writer();
        this.style = style;
    }

    @Override
    public Style style() {
        return style;
    }

    @Override
    public synchronized void answer(String text) {
        write(Printable.text(text));
    }

    @Override
    public synchronized void aside(String text) {
        write(style.dim(Printable.text(text)));
    }

    @Override
    public synchronized void note(String line) {
        endLine();
        write(line + "\n");
    }

    @Override
    public synchronized void endLine() {
        if (!held.isEmpty()) {
            write("\n");
        } else if (midLine) {
            out.println();
            out.flush();
            midLine = false;
        }
    }

    @Override
    public boolean isGone() {
        return false;
    }

    private void write(String text) {
        held.append(text);
        Optional<LineReader> reading =
                readers.stream().filter(LineReader::isReading).findFirst();
        if (reading.isEmpty()) {
            midLine = !held.toString().endsWith("\n");
            out.print(held);
            out.flush();
            held.setLength(0);
            return;
        }
        for (int end = lineEnd(); end > 0; end = lineEnd()) {
            reading.get().printAbove(held.substring(0, end).stripTrailing());
            held.delete(0, end);
        }
    }

    /// Where the first line of what is held ends: behind its line feed, or where it would be wider than the
    /// terminal.
    private int lineEnd() {
        int width = Math.max(terminal.getColumns(), 20);
        int end = held.indexOf("\n") + 1;
        if (end > 0 && end <= width) {
            return end;
        }
        if (held.length() < width) {
            return 0;
        }
        int blank = held.lastIndexOf(" ", width - 1) + 1;
        return blank > 0 ? blank : width;
    }
}
