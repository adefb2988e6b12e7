package dev.dwata.mcp;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientSession;
import io.modelcontextprotocol.spec.McpClientSession.NotificationHandler;
import io.modelcontextprotocol.spec.McpClientSession.RequestHandler;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests to a server and their answers, over the SDK's session: blocking, and as trees, since one bad tool
/// must not make a list unreadable.
final class Dialogue implements AutoCloseable {
    private static final TypeRef<JsonNode> TREE = new TypeRef<>() {};
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /// Longer than anything waits: time is kept by who asks.
    private static final Duration LONGEST = Duration.ofDays(2);

    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);

    private final String who;
    private final Wire wire;
    private final McpClientSession session;
    private volatile @Nullable String version;

    /// @param who what to call the server in messages
    Dialogue(
            String who,
            McpClientTransport transport,
            Map<String, RequestHandler<?>> requests,
            Map<String, NotificationHandler> notifications) {
        this.who = who;
        this.wire = new Wire(transport);
        this.session = new McpClientSession(LONGEST, wire, requests, notifications, Function.identity());
    }

    /// What was agreed on, from now on.
    void speak(String protocolVersion) {
        version = protocolVersion;
    }

    /// Asks, without waiting. Completes with a [McpError] where the server refuses.
    CompletableFuture<JsonNode> ask(String method, ObjectNode params) {
        return inVersion(session.sendRequest(method, params, TREE)).toFuture();
    }

    /// Asks, and waits.
    JsonNode request(String method, ObjectNode params, Duration patience) throws ServerFailure, InterruptedException {
        CompletableFuture<JsonNode> answer = ask(method, params);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ServerFailure(who + " did not answer '" + method + "' within " + Seconds.of(patience), e);
        } catch (ExecutionException e) {
            throw failure(method, e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    void tell(String notification, ObjectNode params) throws ServerFailure {
        try {
            inVersion(session.sendNotification(notification, params)).block(FAREWELL);
        } catch (RuntimeException e) {
            throw failure(notification, e);
        }
    }

    void cancel(String token, String reason) {
        wire.cancel(token, reason);
    }

    void forget(String token) {
        wire.forget(token);
    }

    /// Ends what is under way with an error, and the transport.
    @Override
    public void close() {
        session.close();
        try {
            inVersion(wire.closeGracefully()).block(FAREWELL);
        } catch (RuntimeException e) {
            LOG.debug("{} could not be told that it is left", who, e);
        }
    }

    ServerFailure failure(String method, Throwable cause) {
        Throwable root = cause instanceof McpError ? cause : McpError.findRootCause(cause);
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String what = root instanceof McpError ? " refused '" : " failed at '";
        return new ServerFailure(who + what + method + "': " + Cut.toBytes(why, 2000), cause);
    }

    private <T> Mono<T> inVersion(Mono<T> mono) {
        String spoken = version;
        return spoken == null
                ? mono
                : mono.contextWrite(context -> context.put(McpAsyncClient.NEGOTIATED_PROTOCOL_VERSION, spoken));
    }
}
