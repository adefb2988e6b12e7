package dev.dwata.gateway.mcp;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.schema.RecordSchema;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of the gateway's own tools for other agents, whose arguments are a record.
///
/// @param scope what callers need
record McpTool<A extends Record>(Head head, Class<A> arguments, Scope scope, Body<A> body) {
    private static final Logger LOG = LoggerFactory.getLogger(McpTool.class);

    /// @param readOnly whether it changes nothing
    record Head(String name, String description, boolean readOnly) {}

    /// What it does. Fails with [AgentException].
    @FunctionalInterface
    interface Body<A extends Record> {
        CallToolResult call(Asked asked, A arguments);
    }

    SyncToolSpecification specification(Redaction redaction) {
        Tool tool = Tool.builder(head.name(), Results.map(RecordSchema.closed(arguments)))
                .description(head.description())
                .annotations(
                        ToolAnnotations.builder().readOnlyHint(head.readOnly()).build())
                .build();
        ParamsReader<A> reader = new ParamsReader<>(arguments);
        return new SyncToolSpecification(
                tool,
                (exchange, request) -> answer(exchange, request, redaction, asked -> {
                    asked.caller().require(scope);
                    Map<String, Object> given = request.arguments() == null ? Map.of() : request.arguments();
                    return body.call(asked, reader.read(Json.MAPPER.valueToTree(given)));
                }));
    }

    /// What fails is said to the caller's model, which may do something about it.
    static CallToolResult answer(
            McpSyncServerExchange exchange,
            CallToolRequest request,
            Redaction redaction,
            Function<Asked, CallToolResult> body) {
        try {
            return body.apply(Asked.of(exchange, request));
        } catch (AgentException e) {
            return Results.failed(redaction.error(e.error()).message());
        } catch (RuntimeException e) {
            LOG.error("the tool {} failed", request.name(), e);
            return Results.failed("internal error: see the gateway's log");
        }
    }
}
