package dev.dwata.gateway.http;

import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.AgentsListPayload;
import io.javalin.http.Context;

/// Which agents there are.
record AgentRoutes(AgentOperations agents) {
    void register(RouteTable routes) {
        routes.get("/api/v1/agents", Scope.READ, this::list)
                .about("agents", "List the agents")
                .query("name", String.class, "only this one")
                .answers(200, AgentsListPayload.class, "the agents, and what is wrong with their files");
    }

    void list(Context context, Caller caller) {
        RestApi.json(context, 200, agents.list(Asked.query(context, "name")));
    }
}
