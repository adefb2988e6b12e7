package dev.dwata.agent.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP/1.1 server on loopback that answers each request with exactly the bytes its next answer writes, down
/// to where they are split and how the connection ends.
public final class WireServer implements AutoCloseable {
    private final ServerSocket server;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Socket> open = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    public WireServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("wire-server").start(this::accept);
    }

    /// Answers one request.
    @FunctionalInterface
    public interface Answer {
        void to(Request request, Wire wire) throws Exception;
    }

    /// @param headers by lower-case name
    public record Request(String line, Map<String, String> headers, String body) {}

    public WireServer answer(Answer answer) {
        answers.add(answer);
        return this;
    }

    /// Answers with a complete stream of events.
    public WireServer streams(byte[] body) {
        return answer((request, wire) -> wire.stream().chunk(body).end());
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The next request that came, waited for.
    public Request request() {
        try {
            Request request = requests.poll(5, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// How many connections were ever made.
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().name("wire-connection").start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                Answer answer = answers.poll(5, TimeUnit.SECONDS);
                if (answer == null) {
                    return;
                }
                answer.to(request, new Wire(socket));
                if (socket.isClosed() || socket.isOutputShutdown()) {
                    return;
                }
            }
        } catch (Exception e) {
            // The peer went away, which is what several tests are about.
        }
    }

    private static Request read(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /// Where an answer goes.
    public static final class Wire {
        private final Socket socket;
        private final OutputStream out;

        Wire(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        public Wire bytes(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        public Wire text(String text) throws IOException {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /// The head of an answer of chunks.
        public Wire stream() throws IOException {
            return text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        /// The head of an answer that lasts until the connection ends.
        public Wire streamUntilClose() throws IOException {
            return text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        }

        public Wire chunk(byte[] bytes) throws IOException {
            if (bytes.length > 0) {
                text(Integer.toHexString(bytes.length) + "\r\n");
                bytes(bytes).text("\r\n");
            }
            return this;
        }

        public Wire chunk(String text) throws IOException {
            return chunk(text.getBytes(StandardCharsets.UTF_8));
        }

        /// Each byte in a chunk of its own.
        public Wire chunkEach(byte[] bytes) throws IOException {
            ByteArrayOutputStream chunks = new ByteArrayOutputStream();
            for (byte b : bytes) {
                chunks.writeBytes("1\r\n".getBytes(StandardCharsets.US_ASCII));
                chunks.write(b);
                chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            return bytes(chunks.toByteArray());
        }

        /// The last chunk.
        public void end() throws IOException {
            text("0\r\n\r\n");
        }

        /// A whole answer that is no stream.
        ///
        /// @param headers each with its line end
        public void whole(int status, String headers, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            text("HTTP/1.1 " + status + " Status\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n");
            bytes(bytes);
        }

        /// Ends the connection in good order.
        public void finish() throws IOException {
            socket.shutdownOutput();
        }

        /// Ends the connection as a crash does.
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Waits until the peer has ended the connection.
        ///
        /// @return whether it did in time
        public boolean peerCloses(long milliseconds) {
            try {
                socket.setSoTimeout((int) milliseconds);
                return socket.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }
    }
}
