package dev.dwata.gateway.http;

import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.StatusParams;
import dev.dwata.types.wire.StatusPayload;
import io.javalin.http.Context;

/// How things are.
record StatusRoutes(StatusOperations status) {
    void register(RouteTable routes) {
        routes.get("/api/v1/status", Scope.READ, this::show)
                .about("status", "Tell how the gateway does, and a session")
                .queries(StatusParams.class)
                .answers(200, StatusPayload.class, "how things are");
    }

    private void show(Context context, Caller caller) {
        RestApi.json(context, 200, status.status(caller.principal(), Asked.session(context)));
    }
}
