package dev.dwata.benchmarks.fanout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Many clients on one thread, which read as cheaply as can be: an event is whatever has two `@` in it, with
/// the time at which it was made between them.
public final class Crowd implements AutoCloseable {
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final long ALIVE_MILLIS = 10_000;
    private static final int ROUND = 1 << 20;

    /// An unasked pong, which says that a client is there.
    private static final byte[] ALIVE = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private final List<Reader> readers = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    private long[] delays = new long[ROUND];
    private int measured;
    private long bytes;
    private final Thread alive = Thread.ofVirtual().unstarted(this::sayAlive);

    private static final class Reader {
        private long events;
        private boolean inTime;
        private long time;
    }

    /// @param upgrade what each client says first; none where the server speaks no WebSocket
    public Crowd(int port, int clients, List<String> upgrade) throws IOException {
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            for (String message : upgrade) {
                boolean http = message.startsWith("GET ");
                channel.write(ByteBuffer.wrap(http ? ascii(message) : frame(message)));
                awaitAnswer(channel, http ? "\r\n\r\n" : "\"ok\":true");
            }
            channel.configureBlocking(false);
            Reader reader = new Reader();
            readers.add(reader);
            channel.register(selector, SelectionKey.OP_READ, reader);
        }
        alive.start();
    }

    private void sayAlive() {
        try {
            while (true) {
                Thread.sleep(ALIVE_MILLIS);
                for (SelectionKey key : List.copyOf(selector.keys())) {
                    ((SocketChannel) key.channel()).write(ByteBuffer.wrap(ALIVE));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("a client was lost", e);
        }
    }

    /// A client that follows a session.
    public static List<String> following(int port, String session, boolean batch) {
        String request = "{\"type\":\"req\",\"id\":\"%s\",\"method\":\"%s\",\"params\":%s}";
        return List.of(
                "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
                request.formatted("c", "connect", "{\"version\":\"1\",\"clientType\":\"web\",\"batch\":" + batch + "}"),
                request.formatted("a", "sessions.attach", "{\"sessionId\":\"" + session + "\"}"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Masked with zeros.
    private static byte[] frame(String message) {
        byte[] payload = ascii(message);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(
                new byte[] {(byte) 0x81, (byte) 0xfe, (byte) (payload.length >> 8), (byte) payload.length, 0, 0, 0, 0});
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private void awaitAnswer(SocketChannel channel, String mark) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(mark) < 0) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("a client was refused: " + heard);
            }
            heard.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
    }

    /// Reads until every client had so many events since the last call.
    ///
    /// @return how many bytes came
    public long await(long events) throws IOException {
        bytes = 0;
        long deadline = System.nanoTime() + LONGEST_WAIT_MILLIS * 1_000_000;
        while (readers.stream().anyMatch(reader -> reader.events < events)) {
            selector.select(this::read, LONGEST_WAIT_MILLIS);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the events did not come");
            }
        }
        readers.forEach(reader -> reader.events -= events);
        return bytes;
    }

    private void read(SelectionKey key) {
        Reader reader = (Reader) key.attachment();
        buffer.clear();
        try {
            int count = ((SocketChannel) key.channel()).read(buffer);
            if (count < 0) {
                throw new IllegalStateException("a client was closed");
            }
            bytes += count;
        } catch (IOException e) {
            throw new IllegalStateException("a client was lost", e);
        }
        long now = System.nanoTime();
        for (int i = 0; i < buffer.position(); i++) {
            byte b = buffer.get(i);
            if (b == '@') {
                ended(reader, now);
            } else if (reader.inTime) {
                reader.time = reader.time * 10 + b - '0';
            }
        }
    }

    private void ended(Reader reader, long now) {
        reader.inTime = !reader.inTime;
        if (!reader.inTime) {
            reader.events++;
            delays[measured++ % delays.length] = now - reader.time;
        }
        reader.time = 0;
    }

    /// How long the events took that came since the last call, in milliseconds.
    ///
    /// @param share for example 0.99
    public double delay(double share) {
        long[] sorted = Arrays.copyOf(delays, Math.min(measured, delays.length));
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * share)] / 1e6;
    }

    public void forgetDelays() {
        measured = 0;
        delays = new long[ROUND];
    }

    @Override
    public void close() throws IOException {
        alive.interrupt();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
