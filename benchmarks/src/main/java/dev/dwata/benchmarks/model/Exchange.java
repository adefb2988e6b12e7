package dev.dwata.benchmarks.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One connection: requests after each other, and the reply to each.
final class Exchange {
    private static final byte[] END_OF_HEAD = bytes("\r\n\r\n");
    private static final byte[] LENGTH = bytes("\r\ncontent-length:");
    private static final byte[] TOOL_RESULT = bytes("tool_call_id");
    private static final int MOST = 16 << 20;

    private final SocketChannel socket;
    private final SelectionKey key;
    private final Script script;
    private final Wheel wheel;
    private final AtomicLong requests;
    private ByteBuffer in = ByteBuffer.allocate(16 << 10);
    private @Nullable ByteBuffer out;
    private long started;
    private int said;

    Exchange(SocketChannel socket, SelectionKey key, Script script, Wheel wheel, AtomicLong requests) {
        this.socket = socket;
        this.key = key;
        this.script = script;
        this.wheel = wheel;
        this.requests = requests;
    }

    void ready(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            flush();
        }
        if (ready.isReadable()) {
            read();
        }
    }

    private void read() throws IOException {
        if (!in.hasRemaining()) {
            if (in.capacity() >= MOST) {
                close();
                return;
            }
            in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
        }
        if (socket.read(in) < 0) {
            close();
            return;
        }
        int end = requestEnd();
        if (end > 0 && in.position() >= end) {
            boolean toolResult = find(TOOL_RESULT, end) >= 0;
            in.limit(in.position()).position(end);
            in.compact();
            requests.incrementAndGet();
            answer(toolResult);
        }
    }

    /// @return how long the request is, -1 while its head is not complete
    private int requestEnd() {
        int head = find(END_OF_HEAD, in.position());
        if (head < 0) {
            return -1;
        }
        int at = find(LENGTH, head);
        int length = 0;
        for (int i = at + LENGTH.length; at >= 0 && in.get(i) != '\r'; i++) {
            length = in.get(i) == ' ' ? length : length * 10 + in.get(i) - '0';
        }
        return head + END_OF_HEAD.length + length;
    }

    private int find(byte[] lowerCase, int end) {
        byte[] bytes = in.array();
        for (int i = 0; i <= end - lowerCase.length; i++) {
            int n = 0;
            while (n < lowerCase.length && lower(bytes[i + n]) == lowerCase[n]) {
                n++;
            }
            if (n == lowerCase.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
    }

    private void answer(boolean toolResult) throws IOException {
        if (!toolResult) {
            write(script.call());
        } else if (script.delayMillis() == 0) {
            write(script.text());
        } else {
            started = wheel.now();
            said = 0;
            write(script.begin());
            wheel.at(started, this::sayMore);
        }
    }

    /// Each token is due at a time that does not depend on when the ones before it were said.
    private void sayMore() {
        try {
            write(script.token(said++));
            if (said == script.tokens()) {
                write(script.end());
            } else {
                wheel.at(started + (long) said * script.delayMillis(), this::sayMore);
            }
        } catch (IOException e) {
            close();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        ByteBuffer waiting = out;
        if (waiting != null) {
            out = ByteBuffer.allocate(waiting.remaining() + bytes.remaining())
                    .put(waiting)
                    .put(bytes)
                    .flip();
            return;
        }
        socket.write(bytes);
        if (bytes.hasRemaining()) {
            out = bytes;
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void flush() throws IOException {
        ByteBuffer waiting = out;
        if (waiting == null) {
            return;
        }
        socket.write(waiting);
        if (!waiting.hasRemaining()) {
            out = null;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void close() {
        key.cancel();
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
