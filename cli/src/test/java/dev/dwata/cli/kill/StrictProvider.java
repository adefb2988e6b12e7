package dev.dwata.cli.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// A server that speaks OpenAI's Chat Completions, refuses every history that a strict one would refuse, and
/// remembers why. Each message it is asked is a job of three turns: a call of `effect.append` and one of
/// `effect.look`, another of `effect.append`, and a text that takes its time.
final class StrictProvider implements AutoCloseable {
    private static final int TURNS = 3;
    private static final long WORD_NANOS = 8_000_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final AtomicInteger requests = new AtomicInteger();
    final Queue<String> illegal = new ConcurrentLinkedQueue<>();

    StrictProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            List<JsonNode> messages =
                    List.copyOf(Json.MAPPER.readTree(body).path("messages").values());
            String fault = StrictHistory.faultIn(messages);
            if (fault != null) {
                illegal.add(fault + ": " + body);
                byte[] refusal = ("{\"error\":{\"message\":\"" + fault + "\"}}").getBytes(UTF_8);
                exchange.sendResponseHeaders(400, refusal.length);
                exchange.getResponseBody().write(refusal);
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            speak(messages, exchange.getResponseBody());
        } catch (IOException e) {
            // Who asked is dead.
        }
    }

    private static void speak(List<JsonNode> messages, OutputStream out) throws IOException {
        int user = messages.size() - 1;
        while (!role(messages.get(user)).equals("user")) {
            user--;
        }
        String said = messages.get(user).path("content").asString("");
        String job = said.substring(said.lastIndexOf(' ') + 1);
        long turn = 1
                + messages.subList(user, messages.size()).stream()
                        .filter(message -> role(message).equals("assistant"))
                        .count();
        List<String> words = turn < TURNS ? List.of("I do ", job, ". ") : words(job);
        for (String word : words) {
            LockSupport.parkNanos(WORD_NANOS);
            send(out, Map.of("content", word), null);
        }
        if (turn < TURNS) {
            List<Map<String, Object>> calls = new ArrayList<>();
            calls.add(call(0, job + "-" + turn + "a", "effect__append", job));
            if (turn == 1) {
                calls.add(call(1, job + "-" + turn + "b", "effect__look", job));
            }
            send(out, Map.of("tool_calls", calls), null);
        }
        send(out, Map.of(), turn < TURNS ? "tool_calls" : "stop");
        out.write("data: [DONE]\n\n".getBytes(UTF_8));
    }

    private static List<String> words(String job) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            words.add("word" + i + " ");
        }
        words.add("of " + job + ".");
        return words;
    }

    private static Map<String, Object> call(int index, String id, String tool, String job) {
        return Map.of(
                "index",
                index,
                "id",
                id,
                "type",
                "function",
                "function",
                Map.of("name", tool, "arguments", "{\"text\":\"" + job + "\"}"));
    }

    private static void send(OutputStream out, Map<String, ?> delta, String finish) throws IOException {
        Map<String, Object> choice = finish == null
                ? Map.of("index", 0, "delta", delta)
                : Map.of("index", 0, "delta", delta, "finish_reason", finish);
        Map<String, Object> chunk =
                Map.of("id", "c1", "object", "chat.completion.chunk", "model", "strict", "choices", List.of(choice));
        out.write(("data: " + Json.MAPPER.writeValueAsString(chunk) + "\n\n").getBytes(UTF_8));
        out.flush();
    }

    private static String role(JsonNode message) {
        return message.path("role").asString("");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
