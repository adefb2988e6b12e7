package dev.dwata.cli.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Lines from a pipe or a file.
public final class PlainInput implements ChatInput {
    private final BufferedReader in;

    public PlainInput(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public Typed next() throws IOException {
        String line = in.readLine();
        if (line == null) {
            return new Typed.End();
        }
        StringBuilder message = new StringBuilder();
        while (line != null && line.endsWith("\\")) {
            message.append(line, 0, line.length() - 1).append('\n');
            line = in.readLine();
        }
        return new Typed.Message(message.append(line == null ? "" : line).toString());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
