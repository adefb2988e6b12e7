package dev.dwata.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// A process of the server that has everything, over streamable HTTP.
final class EverythingServer implements AutoCloseable {
    private static final String PROGRAM = "node_modules/@modelcontextprotocol/server-everything/dist/index.js";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final String url;

    private EverythingServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /// Starts it on a free port of this machine.
    static EverythingServer start() throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder("node", PROGRAM, "streamableHttp")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", Integer.toString(port));
        EverythingServer server = new EverythingServer(builder.start(), "http://127.0.0.1:" + port + "/mcp");
        try {
            server.awaitAnswer();
            return server;
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// It announces nothing on which one could wait.
    private void awaitAnswer() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    var unused = http.send(request, HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() > deadline) {
                        throw new IOException("the server did not start; was `npm ci` run in the folder interop?", e);
                    }
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
