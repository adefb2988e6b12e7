package dev.dwata.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// A WebSocket client that sends what it is told to, right or wrong, and reads only when it is asked to.
final class RawSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] MASK = {1, 2, 3, 4};
    private static final int LONGEST_WAIT_MS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int fragments;

    /// @param closeCode of a closing frame; 1005 where it has none
    record Frame(int opcode, String text, int closeCode) {}

    RawSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(LONGEST_WAIT_MS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A WebSocket that is open.
    static RawSocket open(int port) {
        RawSocket socket = new RawSocket(port);
        int status = socket.upgrade("Host: 127.0.0.1:" + port);
        if (status != 101) {
            socket.close();
            throw new IllegalStateException("the upgrade was answered with " + status);
        }
        return socket;
    }

    /// Asks for an upgrade of `/ws`.
    ///
    /// @return the HTTP status
    int upgrade(String... headers) {
        List<String> lines = new ArrayList<>(List.of("GET /ws HTTP/1.1"));
        lines.addAll(List.of(headers));
        lines.addAll(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Extensions: permessage-deflate",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="));
        return status(request(lines));
    }

    static int status(List<String> head) {
        return Integer.parseInt(head.getFirst().substring(9, 12));
    }

    /// Sends a request without a body.
    ///
    /// @return the status line and the headers of the answer
    List<String> request(List<String> lines) {
        try {
            out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
            out.flush();
            List<String> head = new ArrayList<>();
            String line = line();
            while (!line.isEmpty()) {
                head.add(line);
                line = line();
            }
            return head;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads `length` bytes of a body.
    String body(int length) {
        try {
            return new String(in.readNBytes(length), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads to the end of the connection, at most the beginning of it.
    String rest() {
        try {
            String begin = new String(in.readNBytes(12), ISO_8859_1);
            in.transferTo(OutputStream.nullOutputStream());
            return begin;
        } catch (SocketException e) {
            return ""; // reset
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while (b != '\n') {
            if (b < 0) {
                throw new IOException("the connection was closed");
            }
            if (b != '\r') {
                line.write(b);
            }
            b = in.read();
        }
        return line.toString(ISO_8859_1);
    }

    void text(String text) {
        frame(true, TEXT, text.getBytes(UTF_8));
    }

    void frame(boolean last, int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % 4]);
        }
        bytes(frame.toByteArray());
    }

    void bytes(byte[] bytes) {
        try {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the next message, or the next control frame.
    ///
    /// @throws IOException when the connection is over
    Frame read() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = in.readNBytes(length());
            int opcode = first & 0x0f;
            if (opcode >= CLOSE) {
                int code = payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
                return new Frame(opcode, new String(payload, UTF_8), code);
            }
            message.writeBytes(payload);
            if ((first & 0x80) != 0) {
                String text = message.toString(UTF_8);
                message.reset();
                return new Frame(TEXT, text, 1005);
            }
            fragments++;
        }
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            return in.readUnsignedShort();
        }
        return length == 127 ? Math.toIntExact(in.readLong()) : length;
    }

    /// How many fragments have come that were not the last of a message.
    int fragments() {
        return fragments;
    }

    /// Cuts the connection, without saying goodbye.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
