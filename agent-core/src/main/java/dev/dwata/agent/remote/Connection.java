package dev.dwata.agent.remote;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.wire.ConnectParams;
import dev.dwata.types.wire.Frame;
import java.io.IOException;
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

    private final WebSocket socket;
    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean lost;

    /// Opens a connection and introduces itself.
    ///
    /// @param events called for every event, on the socket's thread; must not block
    /// @param onLoss called once when the connection ends otherwise than by [#close]
    /// @throws IOException if the gateway cannot be reached
    /// @throws AgentException if it does not let this client in
    static Connection open(OkHttpClient http, GatewayAddress address, Consumer<Frame.Event> events, Runnable onLoss)
            throws IOException, InterruptedException {
        CompletableFuture<Boolean> opened = new CompletableFuture<>();
        Connection[] made = new Connection[1];
        Request.Builder request = new Request.Builder().url(address.upgradeUrl());
        if (address.token() != null) {
            request.header("Authorization", "Bearer " + address.token());
        }
        WebSocket socket = http.newWebSocket(request.build(), new Listener(made, opened, events, onLoss));
        Connection connection = new Connection(socket);
        made[0] = connection;
        try {
            opened.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            socket.cancel();
            throw new IOException("no gateway answers at " + address.url(), e);
        }
        connection.call(
                "connect",
                new ConnectParams(
                        "1",
                        address.clientType(),
                        null,
                        null,
                        null,
                        address.clientName(),
                        address.clientId(),
                        true,
                        null));
        return connection;
    }

    private Connection(WebSocket socket) {
        this.socket = socket;
    }

    /// Asks, and waits for the answer.
    ///
    /// @param params a record
    /// @throws AgentException with what the gateway says, `Timeout` after 30 s, or `Interrupted` if the
    ///                        connection ends
    JsonNode call(String method, Object params) throws InterruptedException {
        String id = Long.toString(ids.incrementAndGet());
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            Frame frame = new Frame.Req(id, method, Json.MAPPER.valueToTree(params));
            if (lost || !socket.send(Json.MAPPER.writeValueAsString(frame))) {
                throw connectionLost();
            }
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AgentException said ? said : connectionLost();
        } catch (TimeoutException e) {
            throw new AgentException(
                    new AgentError.Timeout("the gateway did not answer " + method + " in " + ANSWER_SECONDS + " s"), e);
        } finally {
            waiting.remove(id);
        }
    }

    boolean isLost() {
        return lost;
    }

    void close() {
        lost = true;
        socket.close(1000, null);
    }

    static AgentException connectionLost() {
        return new AgentException(new AgentError.Interrupted("the connection to the gateway is lost"));
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
        waiting.values().forEach(answer -> answer.completeExceptionally(connectionLost()));
        return !before;
    }

    private static final class Listener extends WebSocketListener {
        private final Connection[] connection;
        private final CompletableFuture<Boolean> opened;
        private final Consumer<Frame.Event> events;
        private final Runnable onLoss;

        Listener(
                Connection[] connection,
                CompletableFuture<Boolean> opened,
                Consumer<Frame.Event> events,
                Runnable onLoss) {
            this.connection = connection;
            this.opened = opened;
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
                case Frame.Res response -> connection[0].answered(response);
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
            opened.completeExceptionally(problem);
            ended();
        }

        private void ended() {
            Connection lost = connection[0];
            if (lost != null && lost.lose() && opened.isDone() && !opened.isCompletedExceptionally()) {
                onLoss.run();
            }
        }
    }
}
