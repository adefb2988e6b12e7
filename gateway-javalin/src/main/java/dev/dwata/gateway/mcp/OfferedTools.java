package dev.dwata.gateway.mcp;

import dev.dwata.agent.DirectCall;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Tools of the gateway that other agents call themselves: each call is a [DirectCall], in a session that holds
/// those of one client.
final class OfferedTools {
    private final Services parts;
    private final Owners owners;
    private final CallsUnderWay calls;

    OfferedTools(Services parts, Owners owners, CallsUnderWay calls) {
        this.parts = parts;
        this.owners = owners;
        this.calls = calls;
    }

    List<SyncToolSpecification> all(McpOffer offer) {
        return parts.runtime().tools().specs().stream()
                .filter(spec -> offer.includes(spec.name()))
                .map(this::specification)
                .toList();
    }

    private SyncToolSpecification specification(ToolSpec spec) {
        Tool tool = Tool.builder(spec.encodedName(), Results.map(spec.parameters()))
                .description(spec.description())
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(spec.effect() == Effect.PURE)
                        .idempotentHint(spec.effect() != Effect.ONCE)
                        .build())
                .build();
        return new SyncToolSpecification(
                tool,
                (exchange, request) ->
                        McpTool.answer(exchange, request, parts.redaction(), asked -> call(asked, spec.name())));
    }

    private CallToolResult call(Asked asked, String tool) {
        asked.caller().require(Scope.RUN);
        Map<String, Object> given = asked.request().arguments();
        ObjectNode arguments = Json.MAPPER.valueToTree(Objects.requireNonNullElse(given, Map.of()));
        LocalRuntime view = parts.runtime().as(asked.caller().principal());
        Prompt prompt = new DirectCall(tool, arguments)
                .prompt()
                .from(new Prompt.Origin(ClientType.MCP, asked.client(), null, null));
        try (Run run = view.session(session(asked, view)).prompt(prompt)) {
            Following.End end = new Following(parts, asked).follow(run, calls);
            ToolReturned returned = end.returned();
            if (returned == null) {
                AgentError why = end.terminal() instanceof RunFailed failed
                        ? failed.error()
                        : new AgentError.Conflict("the call was cancelled");
                throw new AgentException(why);
            }
            return returned.success() ? Results.data(returned.result()) : Results.failed(returned.result());
        }
    }

    private SessionId session(Asked asked, LocalRuntime view) {
        SessionId known = owners.calls(asked.id().session());
        if (known != null
                && parts.store()
                        .sessions()
                        .find(asked.caller().principal(), known)
                        .isPresent()) {
            return known;
        }
        SessionId made = view.createSession(new NewSession(
                        "Calls of " + asked.client(), null, null, SessionTools.CONTEXT, null, null, null))
                .id();
        owners.callsIn(asked.id().session(), made);
        parts.changed().accept(made);
        return made;
    }
}
