package dev.dwata.gateway.http;

import dev.dwata.gateway.api.AgentOperations;
import io.javalin.http.Context;

/// Which agents there are.
record AgentRoutes(AgentOperations agents) {
    void list(Context context) {
        RestApi.json(context, 200, agents.list(Asked.query(context, "name")));
    }
}
