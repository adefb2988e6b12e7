package dev.dwata.gateway.http;

import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.types.InputId;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.InputRespondParams;
import io.javalin.http.Context;
import tools.jackson.databind.node.ObjectNode;

/// What runs wait for, and the answers to it.
final class InputRoutes {
    private static final String CLIENT = "http";

    private final InputOperations inputs;
    private final ParamsReader<InputRespondParams> params = new ParamsReader<>(InputRespondParams.class);

    InputRoutes(InputOperations inputs) {
        this.inputs = inputs;
    }

    void list(Context context, Caller caller) {
        RestApi.json(context, 200, inputs.list(caller.principal(), Asked.session(context)));
    }

    void listOfSession(Context context, Caller caller) {
        RestApi.json(context, 200, inputs.list(caller.principal(), Asked.id(context, SessionId::new)));
    }

    void respond(Context context, Caller caller) {
        InputId id = Asked.id(context, InputId::new);
        ObjectNode body = Asked.body(context).put("requestId", id.value());
        RestApi.json(context, 200, inputs.respond(caller.principal(), CLIENT, params.read(body)));
    }
}
