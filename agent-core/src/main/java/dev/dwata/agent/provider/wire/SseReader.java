package dev.dwata.agent.provider.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads server-sent events (WHATWG HTML, 9.2.6) as they arrive: never more than the stream has ready, and
/// never waiting for the second half of a CRLF.
///
/// Unlike a browser it also gives out an event that the end of the stream cut off from its empty line: some
/// servers leave that line out after the last event. `id`, `retry` and unknown fields are ignored.
public final class SseReader {
    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_EVENT = 4 << 20;
    private static final int MAX_RESPONSE = 32 << 20;

    private final InputStream in;
    private byte[] buffer = new byte[8 << 10];
    private int position;
    private int limit;
    private int lineStart;
    private long total;
    private boolean afterCr;
    private boolean atStart = true;

    private byte[] data = new byte[1 << 10];
    private int dataLength;
    private boolean hasData;
    private String name = "";

    public SseReader(InputStream in) {
        this.in = in;
    }

    /// The next event that has data; absent at the end of the stream.
    ///
    /// @throws IOException also if a line is over 1 MiB, an event over 4 MiB or the stream over 32 MiB
    public @Nullable SseEvent next() throws IOException {
        dataLength = 0;
        hasData = false;
        name = "";
        while (true) {
            int length = line();
            if (length > 0) {
                field(lineStart, lineStart + length);
            } else if (dataLength > 0) {
                return new SseEvent(name, data, dataLength);
            } else if (length < 0) {
                return null;
            } else {
                hasData = false;
                name = "";
            }
        }
    }

    /// Finds the next line, which then starts at `lineStart`.
    ///
    /// @return its length without its end, -1 if there is none
    private int line() throws IOException {
        int scan = position;
        while (true) {
            if (afterCr && scan < limit) {
                afterCr = false;
                if (buffer[scan] == '\n') {
                    position = ++scan;
                }
            }
            while (scan < limit && buffer[scan] != '\n' && buffer[scan] != '\r') {
                scan++;
            }
            int length = scan - position;
            if (length > MAX_LINE) {
                throw new IOException("a line of the answer is over " + MAX_LINE + " bytes");
            }
            if (scan < limit) {
                afterCr = buffer[scan] == '\r';
                lineStart = position;
                position = scan + 1;
                return length;
            }
            if (!fill()) {
                lineStart = position;
                position = limit;
                return length == 0 ? -1 : length;
            }
            scan = position + length;
        }
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, MAX_LINE + 2));
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        total += read;
        if (total > MAX_RESPONSE) {
            throw new IOException("the answer is over " + MAX_RESPONSE + " bytes");
        }
        return true;
    }

    private void field(int start, int end) throws IOException {
        if (atStart) {
            atStart = false;
            if (startsWith(start, end, "\u00EF\u00BB\u00BF")) {
                start += 3;
            }
        }
        if (startsWith(start, end, "data:")) {
            append(value(start + 5, end), end);
        } else if (startsWith(start, end, "event:")) {
            int from = value(start + 6, end);
            name = new String(buffer, from, end - from, StandardCharsets.UTF_8);
        } else if (end - start == 4 && startsWith(start, end, "data")) {
            append(end, end);
        }
    }

    /// Where a field's value starts: one space after the colon is not part of it.
    private int value(int start, int end) {
        return start < end && buffer[start] == ' ' ? start + 1 : start;
    }

    private void append(int from, int end) throws IOException {
        int length = dataLength + (hasData ? 1 : 0) + end - from;
        if (length > MAX_EVENT) {
            throw new IOException("an event of the answer is over " + MAX_EVENT + " bytes");
        }
        if (length > data.length) {
            data = Arrays.copyOf(data, Math.max(length, Math.min(data.length * 2, MAX_EVENT)));
        }
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(buffer, from, data, dataLength, end - from);
        dataLength = length;
        hasData = true;
    }

    private boolean startsWith(int start, int end, String latin1) {
        if (end - start < latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if ((buffer[start + i] & 0xff) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
