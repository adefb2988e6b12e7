package dev.dwata.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/// A client of the WebSocket that takes nothing unless it is told to, and leaves without a word.
final class RudeClient implements AutoCloseable {
    private static final byte[] MASK = {0, 0, 0, 0};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    RudeClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /// Asks for the upgrade.
    ///
    /// @return the status of the answer
    int upgrade() throws IOException {
        out.write(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .getBytes(ISO_8859_1));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return Integer.parseInt(head.toString(ISO_8859_1).substring(9, 12));
    }

    RudeClient connect() throws IOException {
        send("c", "connect", "{\"version\":\"1\",\"clientType\":\"web\"}");
        return this;
    }

    void send(String id, String method, String params) throws IOException {
        byte[] text = "{\"type\":\"req\",\"id\":\"%s\",\"method\":\"%s\",\"params\":%s}"
                .formatted(id, method, params)
                .getBytes(UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (text.length < 126) {
            frame.write(0x80 | text.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(text.length >> 8);
            frame.write(text.length);
        }
        frame.writeBytes(MASK);
        frame.writeBytes(text);
        out.write(frame.toByteArray());
    }

    /// The next message or control frame.
    ///
    /// @throws EOFException when the connection is over
    Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte() & 0x7f;
        long bytes = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        return new Frame(opcode, in.readNBytes(Math.toIntExact(bytes)));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int opcode, byte[] payload) {
        boolean isText() {
            return opcode == 1;
        }

        String text() {
            return new String(payload, UTF_8);
        }
    }

    /// Reads to the end of the connection.
    ///
    /// @return what it was closed with; 1006 where nothing was said
    int closeCode() throws IOException {
        try {
            Frame frame = read();
            while (frame.opcode() != 8) {
                frame = read();
            }
            return ((frame.payload()[0] & 0xff) << 8) | (frame.payload()[1] & 0xff);
        } catch (EOFException | SocketException e) {
            return 1006;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
