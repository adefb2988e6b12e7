package dev.dwata.cli.output;

import dev.dwata.agent.redaction.Pieces;
import dev.dwata.agent.redaction.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Passes bytes on without the secrets in them. What may be the beginning of one waits for more, or for a
/// flush. Secrets are ASCII, so a byte is taken for a character.
final class RedactedOutput extends OutputStream {
    private final OutputStream out;
    private final @Nullable Pieces pieces;

    RedactedOutput(OutputStream out, Redaction redaction) {
        this.out = out;
        this.pieces = redaction.pieces();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (pieces == null) {
            out.write(bytes, from, length);
        } else {
            pass(pieces.accept(new String(bytes, from, length, StandardCharsets.ISO_8859_1)));
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (pieces != null) {
            pass(pieces.flush());
        }
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        flush();
        out.close();
    }

    private void pass(String text) throws IOException {
        if (!text.isEmpty()) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
