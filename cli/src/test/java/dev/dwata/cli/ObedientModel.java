package dev.dwata.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// A server that speaks OpenAI's Chat Completions and does what it is told: to `call NAME JSON` it answers with
/// that tool call, and to a tool's result with what the result was.
final class ObedientModel implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ObedientModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /// What to tell it.
    static String call(String tool, Object arguments) {
        return "call " + tool.replace(".", "__") + " " + Json.MAPPER.writeValueAsString(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            JsonNode messages = Json.MAPPER.readTree(body).path("messages");
            JsonNode last = messages.get(messages.size() - 1);
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            speak(last.path("role").asString(""), last.path("content").asString(""), exchange.getResponseBody());
        } catch (IOException e) {
            // who asked is dead
        }
    }

    private static void speak(String role, String content, OutputStream out) throws IOException {
        int call = content.lastIndexOf("call ");
        boolean told = role.equals("user") && call >= 0;
        if (told) {
            String[] words = content.substring(call).split(" ", 3);
            Map<String, Object> function = Map.of("name", words[1], "arguments", words[2]);
            send(
                    out,
                    Map.of(
                            "tool_calls",
                            List.of(Map.of("index", 0, "id", "call-1", "type", "function", "function", function))),
                    null);
        } else {
            send(out, Map.of("content", "It says " + content), null);
        }
        send(out, Map.of(), told ? "tool_calls" : "stop");
        out.write("data: [DONE]\n\n".getBytes(UTF_8));
    }

    private static void send(OutputStream out, Map<String, ?> delta, String finish) throws IOException {
        Map<String, Object> choice = finish == null
                ? Map.of("index", 0, "delta", delta)
                : Map.of("index", 0, "delta", delta, "finish_reason", finish);
        Map<String, Object> chunk =
                Map.of("id", "c1", "object", "chat.completion.chunk", "model", "obedient", "choices", List.of(choice));
        out.write(("data: " + Json.MAPPER.writeValueAsString(chunk) + "\n\n").getBytes(UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
