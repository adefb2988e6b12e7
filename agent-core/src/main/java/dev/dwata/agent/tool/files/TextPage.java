package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.ToolContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/// Some lines of a text file, read without holding the file in memory.
final class TextPage {
    /// The most bytes of a file that one page holds.
    static final int MAX_BYTES = 256 * 1024;
    /// Lines are looked for and counted so far into a file and no further.
    static final long MAX_SCANNED = 64L * 1024 * 1024;

    /// A NUL among so many bytes at the beginning of a file says that it is no text.
    static final int BINARY_PROBE = 8 * 1024;

    private final long firstLine;
    private final long maxLines;
    private final ByteArrayOutputStream page = new ByteArrayOutputStream();
    private long scanned;
    private long line = 1;
    private byte last = '\n';
    private boolean binary;
    private boolean full;

    private TextPage(long firstLine, long maxLines) {
        this.firstLine = firstLine;
        this.maxLines = maxLines;
    }

    /// @param firstLine counting from 1
    static TextPage read(FileChannel channel, long firstLine, long maxLines, ToolContext context)
            throws IOException, InterruptedException {
        TextPage page = new TextPage(firstLine, maxLines);
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (!page.binary && page.scanned < MAX_SCANNED && channel.read(buffer) >= 0) {
            context.checkCancelled();
            page.take(buffer.flip());
            buffer.clear();
        }
        return page;
    }

    /// Whether there is a NUL among the first bytes: not text.
    boolean binary() {
        return binary;
    }

    /// Whether the first line asked for was found.
    boolean reached() {
        return line > firstLine || (line == firstLine && last != '\n');
    }

    /// Whether more was asked for than a page holds.
    boolean full() {
        return full;
    }

    /// Bytes that are not UTF-8, and NUL, are replaced by U+FFFD. Where not all of the lines fit, the
    /// content ends with the last line that does, or inside of the first one, at a whole code point.
    String content() {
        byte[] bytes = page.toByteArray();
        return new String(bytes, 0, full ? end(bytes) : bytes.length, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /// How many lines the file has; -1 where it is too long to count them.
    long totalLines() {
        return scanned >= MAX_SCANNED ? -1 : last == '\n' ? line - 1 : line;
    }

    private void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == 0 && scanned < BINARY_PROBE) {
                binary = true;
                return;
            }
            scanned++;
            if (line >= firstLine && line - firstLine < maxLines) {
                keep(b);
            }
            last = b;
            if (b == '\n') {
                line++;
            }
        }
    }

    private void keep(byte b) {
        if (page.size() < MAX_BYTES) {
            page.write(b);
        } else {
            full = true;
        }
    }

    private static int end(byte[] bytes) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return wholeCodePoints(bytes);
    }

    private static int wholeCodePoints(byte[] bytes) {
        int start = bytes.length - 1;
        while (start > bytes.length - 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = bytes[start] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + length > bytes.length ? start : bytes.length;
    }
}
