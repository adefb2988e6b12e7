package dev.dwata.gateway.http;

import dev.dwata.gateway.api.ModelOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.ModelsListPayload;
import io.javalin.http.Context;

/// Which models there are.
record ModelRoutes(ModelOperations models) {
    void register(RouteTable routes) {
        routes.get("/api/v1/models", Scope.READ, this::list)
                .about("models", "List the models")
                .answers(200, ModelsListPayload.class, "the models, and which answers where none is named");
    }

    private void list(Context context, Caller caller) {
        RestApi.json(context, 200, models.list());
    }
}
