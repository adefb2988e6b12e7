package dev.dwata.agent.remote;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.wire.ConnectParams;
import dev.dwata.types.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One WebSocket to a gateway: sends requests and waits for their responses, and passes events on as they come.
final class Connection {
    private static final long ANSWER_SECONDS = 30;
    private static final long GOODBYE_SECONDS = 2;

    private final WebSocket socket;
    private final Listener listener;
    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean lost;

    /// Opens a connection and introduces itself.
    ///
    /// @param within how long that may take in all
    /// @param events called for every event, on the socket's thread; must not block
    /// @param onLoss called once when the connection ends otherwise than by [#close]
    /// @throws IOException if the gateway cannot be reached
    /// @throws AgentException if it does not let this client in, or `Timeout` where it does not say
    static Connection open(
            OkHttpClient http, GatewayAddress address, Duration within, Consumer<Frame.Event> events, Runnable onLoss)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        Listener listener = new Listener(events, onLoss);
        Request.Builder request = new Request.Builder().url(address.upgradeUrl());
        if (address.token() != null) {
            request.header("Authorization", "Bearer " + address.token());
        }
        WebSocket socket = http.newWebSocket(request.build(), listener);
        Connection connection = new Connection(socket, listener);
        listener.connection.complete(connection);
        boolean introduced = false;
        try {
            connection.awaitOpen(address, deadline - System.nanoTime());
            connection.introduce(address, within, deadline - System.nanoTime());
            introduced = true;
            return connection;
        } finally {
            if (!introduced) {
                connection.lost = true;
                socket.cancel();
            }
        }
    }

    private void awaitOpen(GatewayAddress address, long nanos) throws IOException, InterruptedException {
        try {
            listener.opened.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            int status = listener.refusedWith;
            throw new IOException(
                    status == 0
                            ? "no gateway answers at " + address.url()
                            : "no connection to a gateway at " + address.url() + ": HTTP status " + status,
                    e);
        }
    }

    private void introduce(GatewayAddress address, Duration within, long nanos) throws InterruptedException {
        ConnectParams params = new ConnectParams(
                "1", address.clientType(), null, null, null, address.clientName(), address.clientId(), true, null);
        try {
            call("connect", params, nanos);
        } catch (TimeoutException e) {
            throw new AgentException(
                    new AgentError.Timeout("the gateway at " + address.url() + " did not let this client in within "
                            + within.toMillis() + " ms"),
                    e);
        }
    }

    private Connection(WebSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
    }

    /// Asks, and waits for the answer.
    ///
    /// @param params a record
    /// @throws AgentException with what the gateway says, or `Timeout` after 30 s
    /// @throws ConnectionLost if the connection ends before that
    JsonNode call(String method, Object params) throws InterruptedException {
        try {
            return call(method, params, TimeUnit.SECONDS.toNanos(ANSWER_SECONDS));
        } catch (TimeoutException e) {
            throw new AgentException(
                    new AgentError.Timeout("the gateway did not answer " + method + " in " + ANSWER_SECONDS + " s"), e);
        }
    }

    private JsonNode call(String method, Object params, long nanos) throws InterruptedException, TimeoutException {
        String id = Long.toString(ids.incrementAndGet());
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            Frame frame = new Frame.Req(id, method, Json.MAPPER.valueToTree(params));
            if (lost || !socket.send(Json.MAPPER.writeValueAsString(frame))) {
                throw new ConnectionLost();
            }
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AgentException said ? said : new ConnectionLost();
        } finally {
            waiting.remove(id);
        }
    }

    boolean isLost() {
        return lost;
    }

    /// Says goodbye; a gateway that does not answer that is left without. What waits for an answer gets none.
    void close() {
        lost = true;
        socket.close(1000, null);
        try {
            listener.over.get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // it is cut off then
        }
        socket.cancel();
        lose();
    }

    private void answered(Frame.Res response) {
        CompletableFuture<JsonNode> answer = response.id() == null ? null : waiting.get(response.id());
        if (answer == null) {
            return;
        }
        if (response.ok()) {
            answer.complete(response.payload() == null ? Json.MAPPER.createObjectNode() : response.payload());
        } else {
            answer.completeExceptionally(new AgentException(response.toError()));
        }
    }

    private boolean lose() {
        boolean before = lost;
        lost = true;
        waiting.values().forEach(answer -> answer.completeExceptionally(new ConnectionLost()));
        return !before;
    }

    private static final class Listener extends WebSocketListener {
        private final CompletableFuture<Connection> connection = new CompletableFuture<>();
        private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
        private final CompletableFuture<Boolean> over = new CompletableFuture<>();
        private final Consumer<Frame.Event> events;
        private final Runnable onLoss;
        private volatile int refusedWith;

        Listener(Consumer<Frame.Event> events, Runnable onLoss) {
            this.events = events;
            this.onLoss = onLoss;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            opened.complete(true);
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            try {
                JsonNode tree = Json.MAPPER.readTree(text);
                if (tree.isArray()) {
                    tree.forEach(this::received);
                } else {
                    received(tree);
                }
            } catch (JacksonException e) {
                socket.cancel();
            }
        }

        private void received(JsonNode tree) {
            switch (Json.MAPPER.treeToValue(tree, Frame.class)) {
                case Frame.Res response -> connection.join().answered(response);
                case Frame.Event event -> events.accept(event);
                case Frame.Req request -> {
                    // a gateway asks nothing in version 1
                }
            }
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(1000, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            ended();
        }

        @Override
        public void onFailure(WebSocket socket, Throwable problem, @Nullable Response response) {
            refusedWith = response == null ? 0 : response.code();
            opened.completeExceptionally(problem);
            ended();
        }

        private void ended() {
            over.complete(true);
            if (connection.join().lose()) {
                onLoss.run();
            }
        }
    }
}
