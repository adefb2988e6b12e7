package dev.dwata.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that answers as OpenAI's Chat Completions do, with as many words as it is told, as fast as they are
/// taken. Each begins with the time at which it was sent.
final class FloodingModel implements AutoCloseable {
    /// Of each word, without the time.
    static final int LENGTH = 4_000;

    private static final String WORD = "x".repeat(LENGTH);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int words;

    FloodingModel(int words) throws IOException {
        this.words = words;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < words; i++) {
                String content = "@" + System.nanoTime() + "@" + WORD;
                send(out, "{\"index\":0,\"delta\":{\"content\":" + Json.MAPPER.writeValueAsString(content) + "}}");
            }
            send(out, "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}");
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void send(OutputStream out, String choice) throws IOException {
        out.write("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"flood\",\"choices\":[%s]}\n\n"
                .formatted(choice)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
