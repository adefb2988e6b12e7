package dev.dwata.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server that streams as OpenAI's Chat Completions do, word by word as the test hands them out.
final class SlowModel implements AutoCloseable {
    private static final String END = "\u0000end";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    SlowModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /// Says more of the present answer, or of the next.
    void say(String word) {
        words.add(word);
    }

    /// Ends the answer.
    void finish() {
        words.add(END);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (String word = next(); !word.equals(END); word = next()) {
                send(out, Json.MAPPER.writeValueAsString(chunk(Map.of("content", word), null)));
            }
            send(out, Json.MAPPER.writeValueAsString(chunk(Map.of(), "stop")));
            send(out, "[DONE]");
        }
    }

    private String next() {
        try {
            String word = words.poll(60, TimeUnit.SECONDS);
            return word == null ? END : word;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    private static Map<String, Object> chunk(Map<String, String> delta, String finish) {
        Map<String, Object> choice = finish == null
                ? Map.of("index", 0, "delta", delta)
                : Map.of("index", 0, "delta", delta, "finish_reason", finish);
        return Map.of("id", "c1", "object", "chat.completion.chunk", "model", "slow", "choices", List.of(choice));
    }

    private static void send(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
