package dev.dwata.mcp;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// A transport that knows which request has which progress token, so that a call can be cancelled: the SDK's
/// session tells nobody the ids it gives.
final class Wire implements McpClientTransport {
    private static final int CANCELLED = -32800;

    private final McpClientTransport inner;
    private final Map<String, Object> ids = new ConcurrentHashMap<>();
    private volatile @Nullable Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> listener;

    Wire(McpClientTransport inner) {
        this.inner = inner;
    }

    /// Tells the server that nobody waits for what it was asked any more, and answers in its place.
    void cancel(String token, String reason) {
        Object id = ids.remove(token);
        Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> to = listener;
        if (id == null || to == null) {
            return;
        }
        Map<String, Object> params = Map.of("requestId", id, "reason", reason);
        inner.sendMessage(new JSONRPCNotification("notifications/cancelled", params))
                .onErrorComplete()
                .subscribe();
        to.apply(Mono.just(JSONRPCResponse.error(id, new JSONRPCError(CANCELLED, reason))))
                .onErrorComplete()
                .subscribe();
    }

    void forget(String token) {
        ids.remove(token);
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        listener = handler;
        return inner.connect(handler);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        if (message instanceof JSONRPCRequest request && request.params() instanceof JsonNode params) {
            JsonNode token = params.path("_meta").path("progressToken");
            if (token.isString()) {
                ids.put(token.stringValue(), request.id());
            }
        }
        return inner.sendMessage(message);
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        inner.setExceptionHandler(handler);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return inner.closeGracefully();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return inner.unmarshalFrom(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return inner.protocolVersions();
    }
}
