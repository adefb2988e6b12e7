package dev.dwata.cli;

import dev.dwata.cli.output.Printable;
import dev.dwata.cli.output.StandardStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Asks the person at the terminal, where there is one, before something cannot be undone.
final class Confirmation {
    private final StandardStreams streams;

    Confirmation(StandardStreams streams) {
        this.streams = streams;
    }

    /// @return false where nobody can be asked
    boolean agrees(String question) {
        if (!streams.inTerminal() || !streams.errTerminal()) {
            return false;
        }
        streams.err().print(Printable.line(question, 400) + " [y/N] ");
        streams.err().flush();
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
            String answer = in.readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }
}
