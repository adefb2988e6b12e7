package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.AgentsListParams;
import java.util.List;

/// `agents.list`
record AgentsMethods(AgentOperations operations) {
    List<Method<?>> all() {
        return List.of(Method.of(
                "agents.list",
                Scope.READ,
                AgentsListParams.class,
                call -> Method.Answer.of(operations.list(call.params().name()))));
    }
}
