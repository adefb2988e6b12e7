package dev.dwata.gateway.mcp;

import dev.dwata.gateway.auth.Caller;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A call of one of the gateway's tools, with who made it.
///
/// @param id by which it can be cancelled
record Asked(McpSyncServerExchange exchange, CallToolRequest request, Caller caller, CallsUnderWay.Id id) {
    private static final Logger LOG = LoggerFactory.getLogger(Asked.class);

    static Asked of(McpSyncServerExchange exchange, CallToolRequest request) {
        McpTransportContext context = exchange.transportContext();
        CallsUnderWay.Id id = (CallsUnderWay.Id) context.get(CallsUnderWay.ID);
        return new Asked(
                exchange,
                request,
                caller(exchange),
                id == null ? new CallsUnderWay.Id(String.valueOf(exchange.sessionId()), "") : id);
    }

    static Caller caller(McpSyncServerExchange exchange) {
        Object caller = exchange.transportContext().get(Caller.class.getName());
        return (Caller) Objects.requireNonNull(caller, "nobody has looked who calls");
    }

    /// The name that the client's program gives itself.
    String client() {
        McpSchema.Implementation client = exchange.getClientInfo();
        return client == null || client.name() == null ? "an MCP client" : client.name();
    }

    boolean mayBeAsked() {
        McpSchema.ClientCapabilities can = exchange.getClientCapabilities();
        return can != null && can.elicitation() != null;
    }

    /// Tells how it gets on, where the caller wants to know. A caller that is gone is not told.
    ///
    /// @param step larger each time
    void progress(int step, @Nullable String message) {
        Map<String, Object> meta = request.meta();
        Object token = meta == null ? null : meta.get("progressToken");
        if (token == null) {
            return;
        }
        try {
            exchange.progressNotification(McpSchema.ProgressNotification.builder(token, step)
                    .message(message)
                    .build());
        } catch (RuntimeException e) {
            LOG.debug("a caller could not be told of progress: {}", e.toString());
        }
    }
}
