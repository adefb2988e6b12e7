package dev.dwata.cli.output;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard streams that a test can look into.
public final class Captured {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Nothing is a terminal.
    public StandardStreams streams(String input) {
        return streams(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }

    public StandardStreams streams(InputStream in) {
        return new StandardStreams(in, stream(out), stream(err), false, false, false, false);
    }

    /// Everything is one terminal; what is written to it is in [#out], in order.
    public StandardStreams terminal(boolean color) {
        PrintStream screen = stream(out);
        return new StandardStreams(InputStream.nullInputStream(), screen, screen, true, true, true, color);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
