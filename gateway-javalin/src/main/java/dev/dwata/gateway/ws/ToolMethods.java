package dev.dwata.gateway.ws;

import dev.dwata.agent.ClientTools.Offer;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.ToolOffer;
import dev.dwata.types.wire.ToolsPayload;
import dev.dwata.types.wire.ToolsRegisterParams;
import dev.dwata.types.wire.ToolsUnregisterParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `tools.register` and `tools.unregister`
final class ToolMethods {
    private final LocalRuntime runtime;
    private final ToolHolders holders;

    ToolMethods(LocalRuntime runtime, ToolHolders holders) {
        this.runtime = runtime;
        this.holders = holders;
    }

    List<Method<?>> all() {
        return List.of(
                Method.of("tools.register", Scope.RUN, ToolsRegisterParams.class, this::register),
                Method.of("tools.unregister", Scope.RUN, ToolsUnregisterParams.class, this::unregister));
    }

    private Method.Answer register(Method.Call<ToolsRegisterParams> call) {
        SessionId session = session(call, call.params().sessionId());
        List<Offer> offers = offers(call.params().tools());
        return Method.Answer.of(new ToolsPayload(session, holders.register(call.from(), session, offers)));
    }

    private Method.Answer unregister(Method.Call<ToolsUnregisterParams> call) {
        SessionId session = session(call, call.params().sessionId());
        List<String> names = names(call.params().tools());
        return Method.Answer.of(new ToolsPayload(session, holders.unregister(call.from(), session, names)));
    }

    /// @throws AgentException with `NotFound` if it is not the caller's
    private SessionId session(Method.Call<?> call, @Nullable SessionId named) {
        SessionId session = SessionMethods.orCurrent(call.from(), named);
        runtime.as(call.from().client().principal()).session(session);
        return session;
    }

    private static List<Offer> offers(List<ToolOffer> tools) {
        List<Offer> offers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            ToolOffer tool = tools.get(i);
            if (!names.add(tool.name())) {
                throw invalid("tools[" + i + "].name: '" + tool.name() + "' is there twice");
            }
            offers.add(new Offer(
                    tool.name(),
                    tool.description(),
                    tool.parameters() == null ? Json.MAPPER.createObjectNode() : tool.parameters(),
                    tool.timeoutMs() == null ? null : Duration.ofMillis(tool.timeoutMs())));
        }
        return offers;
    }

    private static @Nullable List<String> names(@Nullable JsonNode tools) {
        if (tools == null || tools.isNull()) {
            return null;
        }
        List<JsonNode> names = tools.valueStream()
                .map(tool -> tool.isObject() ? tool.path("name") : tool)
                .toList();
        if (!tools.isArray() || !names.stream().allMatch(JsonNode::isString)) {
            throw invalid("tools must be an array of names, or of objects with a name");
        }
        return names.stream().map(JsonNode::stringValue).toList();
    }

    private static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
