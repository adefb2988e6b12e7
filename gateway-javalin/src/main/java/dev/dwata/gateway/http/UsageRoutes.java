package dev.dwata.gateway.http;

import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import io.javalin.http.Context;

/// What models were used.
record UsageRoutes(UsageOperations operations) {
    void register(RouteTable routes) {
        routes.get("/api/v1/usage", Scope.READ, this::show)
                .about("usage", "Tell what models were used")
                .queries(UsageParams.class)
                .answers(200, UsagePayload.class, "calls, tokens and cost by day, model or session");
    }

    void show(Context context, Caller caller) {
        UsageParams params =
                new UsageParams(Asked.query(context, "from"), Asked.query(context, "to"), Asked.query(context, "by"));
        RestApi.json(context, 200, operations.usage(caller.principal(), params));
    }
}
