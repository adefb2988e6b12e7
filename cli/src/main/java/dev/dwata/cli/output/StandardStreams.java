package dev.dwata.cli.output;

import dev.dwata.agent.redaction.Redaction;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The process's streams, and whether a person is at the other end of each. Text is UTF-8 whatever the locale.
///
/// @param color whether what goes to `err` may carry colours
public record StandardStreams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inTerminal,
        boolean outTerminal,
        boolean errTerminal,
        boolean color) {

    /// Colours only for a terminal that has them, and not where `NO_COLOR` says no (no-color.org, 2026-01).
    ///
    /// @param redaction of everything that is said
    public static StandardStreams ofProcess(Map<String, String> environment, Redaction redaction) {
        boolean errTerminal = Terminals.isTerminal(2);
        boolean color = errTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new StandardStreams(
                new FileInputStream(FileDescriptor.in),
                print(FileDescriptor.out, redaction, false),
                print(FileDescriptor.err, redaction, true),
                Terminals.isTerminal(0),
                Terminals.isTerminal(1),
                errTerminal,
                color);
    }

    private static PrintStream print(FileDescriptor to, Redaction redaction, boolean autoFlush) {
        OutputStream out = new RedactedOutput(new FileOutputStream(to), redaction);
        return new PrintStream(out, autoFlush, StandardCharsets.UTF_8);
    }

    public StandardStreams withErr(PrintStream other) {
        return new StandardStreams(in, out, other, inTerminal, outTerminal, errTerminal, color);
    }

    /// Says something beside the answer, as one line.
    public void notice(String sentence) {
        err.println("dwata: " + sentence);
    }
}
