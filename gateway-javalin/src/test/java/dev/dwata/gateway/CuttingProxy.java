package dev.dwata.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between clients and a gateway, and cuts connections off in the middle of what the gateway says.
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final int port;
    private final Shears shears;

    /// Says where to cut.
    interface Shears {
        /// @param connection  0 for the first
        /// @param before how many bytes of the gateway went through it before
        /// @param said   what comes next, as Latin-1
        /// @return how much of that still goes through before the cut; its length for no cut
        int cut(int connection, long before, String said);
    }

    /// @param port of the gateway
    CuttingProxy(int port, Shears shears) throws IOException {
        this.port = port;
        this.shears = shears;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            for (int number = 0; ; number++) {
                Socket client = server.accept();
                Socket gateway = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(gateway);
                int connection = number;
                Thread.ofVirtual().start(() -> forward(client, gateway));
                Thread.ofVirtual().start(() -> answer(connection, gateway, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /// The gateway is to be called by its own address.
    private void forward(Socket from, Socket to) {
        try (from;
                to) {
            byte[] head = new byte[8_192];
            int length = from.getInputStream().read(head);
            String asked = new String(head, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
            to.getOutputStream()
                    .write(asked.replace("127.0.0.1:" + server.getLocalPort(), "127.0.0.1:" + port)
                            .getBytes(StandardCharsets.ISO_8859_1));
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut
        }
    }

    private void answer(int connection, Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[4_096];
            long before = 0;
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                int kept = shears.cut(connection, before, new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                to.getOutputStream().write(buffer, 0, Math.min(kept, read));
                before += read;
                if (kept < read) {
                    cuts.incrementAndGet();
                    return;
                }
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
