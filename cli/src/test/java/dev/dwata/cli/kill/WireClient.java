package dev.dwata.cli.kill;

import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One connection of protocol version 1.
public final class WireClient implements AutoCloseable {
    private static final long SECONDS = 20;

    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Consumer<String> events;
    private final WebSocket socket;
    private int nextId;
    private volatile boolean lost;

    /// The gateway is not there, or no longer.
    public static final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        Lost(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// @param events gets the text of each event that has a number, on one thread
    public WireClient(HttpClient http, URI address, Consumer<String> events) throws Lost, InterruptedException {
        this.events = events;
        socket = await(http.newWebSocketBuilder().buildAsync(address, new Listener()));
    }

    /// @return the payload
    public JsonNode call(String method, ObjectNode params) throws Lost, InterruptedException {
        String id = "r" + ++nextId;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode request =
                Json.MAPPER.createObjectNode().put("type", "req").put("id", id).put("method", method);
        request.set("params", params);
        await(socket.sendText(request.toString(), true));
        if (lost) {
            throw new Lost("the connection is over", null);
        }
        JsonNode response = await(answer);
        if (!response.path("ok").asBoolean()) {
            throw new AssertionError(method + " was refused: " + response);
        }
        return response.path("payload");
    }

    private static <T> T await(CompletableFuture<T> future) throws Lost, InterruptedException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw new Lost("the connection is lost", e);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within " + SECONDS + " s", e);
        }
    }

    private void over() {
        lost = true;
        waiting.values().forEach(answer -> answer.completeExceptionally(new Lost("the connection is over", null)));
    }

    boolean isLost() {
        return lost;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                took(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void took(String text) {
            JsonNode frame = Json.MAPPER.readTree(text);
            CompletableFuture<JsonNode> answer = waiting.remove(frame.path("id").asString(""));
            if (frame.path("type").asString("").equals("res") && answer != null) {
                answer.complete(frame);
            } else if (frame.path("seq").asLong(0) > 0) {
                events.accept(text);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            over();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            over();
        }
    }
}
