package dev.dwata.mcp;

import dev.dwata.agent.store.CleanText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The last that a program wrote to its standard error. All of it is read, so that the program never waits.
final class Tail {
    private static final int KEPT = 2000;

    private byte[] last = new byte[0];

    static Tail of(String who, InputStream errors) {
        Tail tail = new Tail();
        Thread.ofVirtual().name("mcp-errors-" + who).start(() -> tail.read(errors));
        return tail;
    }

    /// Empty where it wrote nothing.
    synchronized String text() {
        return CleanText.of(new String(last, StandardCharsets.UTF_8)).strip();
    }

    private void read(InputStream errors) {
        byte[] buffer = new byte[4096];
        try {
            for (int read = errors.read(buffer); read >= 0; read = errors.read(buffer)) {
                add(buffer, read);
            }
        } catch (IOException e) {
            // It is gone.
        }
    }

    private synchronized void add(byte[] more, int count) {
        byte[] all = Arrays.copyOf(last, last.length + count);
        System.arraycopy(more, 0, all, last.length, count);
        last = all.length > KEPT ? Arrays.copyOfRange(all, all.length - KEPT, all.length) : all;
    }
}
