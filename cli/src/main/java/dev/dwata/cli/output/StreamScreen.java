package dev.dwata.cli.output;

import java.io.PrintStream;

/// The standard streams as a screen: the answer to `out`, all else to `err`. Where both are terminals they are
/// the same one, so each ends the line of the other; where they are not, nothing but the answer gets into
/// `out`.
public final class StreamScreen implements Screen {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean outTerminal;
    private final boolean shared;
    private final Style style;
    private boolean answerOpen;
    private boolean asideOpen;

    public StreamScreen(StandardStreams streams) {
        this.out = streams.out();
        this.err = streams.err();
        this.outTerminal = streams.outTerminal();
        this.shared = streams.outTerminal() && streams.errTerminal();
        this.style = new Style(streams.color());
    }

    @Override
    public Style style() {
        return style;
    }

    @Override
    public synchronized void answer(String text) {
        closeAside();
        out.print(outTerminal ? Printable.text(text) : text);
        out.flush();
        answerOpen = !text.endsWith("\n");
    }

    @Override
    public synchronized void aside(String text) {
        if (shared) {
            closeAnswer();
        }
        err.print(style.dim(Printable.text(text)));
        err.flush();
        asideOpen = !text.endsWith("\n");
    }

    @Override
    public synchronized void note(String line) {
        if (shared) {
            closeAnswer();
        }
        closeAside();
        err.println(line);
    }

    @Override
    public synchronized void endLine() {
        closeAnswer();
        closeAside();
    }

    @Override
    public synchronized boolean isGone() {
        return out.checkError();
    }

    private void closeAnswer() {
        if (answerOpen) {
            out.println();
            out.flush();
            answerOpen = false;
        }
    }

    private void closeAside() {
        if (asideOpen) {
            err.println();
            asideOpen = false;
        }
    }
}
