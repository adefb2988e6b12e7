package dev.dwata.gateway.http;

import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.auth.Caller;
import io.javalin.http.Context;

/// Which agents there are.
record AgentRoutes(AgentOperations agents) {
    void list(Context context, Caller caller) {
        RestApi.json(context, 200, agents.list(Asked.query(context, "name")));
    }
}
