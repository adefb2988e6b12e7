package dev.dwata.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lines of UTF-8 that are not longer than they may be.
final class Lines {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int end;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// @return absent at the end; a last line without its end is not one
    /// @throws IOException also for a line that is too long
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (next == end) {
                end = in.read(buffer);
                next = 0;
                if (end < 0) {
                    end = 0;
                    return null;
                }
            }
            int from = next;
            while (next < end && buffer[next] != '\n') {
                next++;
            }
            line.write(buffer, from, next - from);
            if (line.size() > longest) {
                throw new IOException("it wrote a line of more than " + longest / 1024 / 1024 + " MiB");
            }
            if (next < end) {
                next++;
                return line.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
