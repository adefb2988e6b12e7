package dev.dwata.agent.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a program says, in bounded memory: the first and the last 16 KiB. What is longer goes to a file as
/// well, if there is a folder for it. May be used by several threads.
public final class CappedOutput {
    private static final int END_BYTES = 16 << 10;
    private static final int LINE_BYTES = 1 << 10;
    private static final int LINE_LENGTH = 200;
    /// Sequences that control a terminal: of ECMA-48, and titles and the like as terminals know them.
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-?]*+[ -/]*+[@-~]?"
            + "|\u001b[\\]PX^_][^\u0007\u001b]*+(?:\u0007|\u001b\\\\)?+"
            + "|\u001b[ -/]*+[0-~]?");

    private final @Nullable SpillFolder spills;
    private final byte[] head = new byte[END_BYTES];
    private final byte[] tail = new byte[END_BYTES];
    private @Nullable SpillFile spill;
    private long total;

    public CappedOutput(@Nullable SpillFolder spills) {
        this.spills = spills;
    }

    public synchronized void add(byte[] bytes, int length) {
        if (spill == null && spills != null && total + length > 2 * END_BYTES) {
            spill = spills.create();
            spill.add(head, 0, (int) Math.min(total, END_BYTES));
            byte[] rest = tailBytes();
            spill.add(rest, 0, rest.length);
        }
        if (spill != null) {
            spill.add(bytes, 0, length);
        }
        int inHead = (int) Math.max(0, Math.min(length, END_BYTES - total));
        System.arraycopy(bytes, 0, head, (int) Math.min(total, END_BYTES), inHead);
        for (int at = Math.max(inHead, length - END_BYTES); at < length; at++) {
            tail[(int) ((total + at) % END_BYTES)] = bytes[at];
        }
        total += length;
    }

    /// How many bytes there were.
    public synchronized long bytes() {
        return total;
    }

    /// Whether there was more than the text has.
    public synchronized boolean truncated() {
        return total > 2 * END_BYTES;
    }

    /// Where more of it is; absent where the text has all, or there is no file.
    public synchronized Optional<Path> file() {
        return spill == null ? Optional.empty() : spill.path();
    }

    /// As text for a model: read as UTF-8, what is none replaced, and without what controls terminals.
    public synchronized String text() {
        byte[] rest = tailBytes();
        if (!truncated()) {
            int inHead = (int) Math.min(total, END_BYTES);
            return plain(ByteBuffer.allocate(inHead + rest.length)
                    .put(head, 0, inHead)
                    .put(rest)
                    .flip());
        }
        int end = END_BYTES;
        while (end > END_BYTES - 4 && isContinuation(head[end - 1])) {
            end--;
        }
        if (end > 0 && (head[end - 1] & 0xC0) == 0xC0) {
            end = complete(head, end) ? END_BYTES : end - 1;
        }
        int start = 0;
        while (start < 3 && isContinuation(rest[start])) {
            start++;
        }
        long left = total - end - (rest.length - start);
        return plain(ByteBuffer.wrap(head, 0, end)) + "\n[… " + left + " bytes are left out …]\n"
                + plain(ByteBuffer.wrap(rest, start, rest.length - start));
    }

    /// The last line that is not blank, at most 200 characters of it; empty where there is none.
    public synchronized String lastLine() {
        byte[] rest = total <= END_BYTES
                ? ByteBuffer.allocate((int) total).put(head, 0, (int) total).array()
                : tailBytes();
        int start = Math.max(0, rest.length - LINE_BYTES);
        String text = plain(ByteBuffer.wrap(rest, start, rest.length - start));
        String line = "";
        for (String each : text.split("[\r\n]+", -1)) {
            line = each.isBlank() ? line : each.strip();
        }
        int length = Math.min(LINE_LENGTH, line.codePointCount(0, line.length()));
        return line.substring(0, line.offsetByCodePoints(0, length));
    }

    /// Nothing more will come.
    public synchronized void close() {
        if (spill != null) {
            spill.close();
        }
    }

    /// What is after the head, its last 16 KiB.
    private byte[] tailBytes() {
        int length = (int) Math.max(0, Math.min(total - END_BYTES, END_BYTES));
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = tail[(int) ((total - length + i) % END_BYTES)];
        }
        return bytes;
    }

    private static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    /// Whether the character whose first byte is before `end` fits into the head.
    private static boolean complete(byte[] head, int end) {
        int lead = head[end - 1] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        return end - 1 + length <= END_BYTES;
    }

    private static String plain(ByteBuffer bytes) {
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        return ESCAPES.matcher(text).replaceAll("").replace('\0', '\uFFFD');
    }
}
