package dev.dwata.gateway.http;

import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.types.wire.UsageParams;
import io.javalin.http.Context;

/// What models were used.
record UsageRoutes(UsageOperations operations) {
    void show(Context context, Caller caller) {
        UsageParams params =
                new UsageParams(Asked.query(context, "from"), Asked.query(context, "to"), Asked.query(context, "by"));
        RestApi.json(context, 200, operations.usage(caller.principal(), params));
    }
}
