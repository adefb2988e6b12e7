package dev.dwata.gateway.http;

import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.InputId;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.InputListPayload;
import dev.dwata.types.wire.InputRespondParams;
import dev.dwata.types.wire.InputRespondPayload;
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

    void register(RouteTable routes) {
        routes.get("/api/v1/inputs", Scope.READ, this::list)
                .about("inputs", "List what runs wait for")
                .query("sessionId", String.class, "only of this session and those that work for it")
                .answers(200, InputListPayload.class, "the requests, oldest first");
        routes.post("/api/v1/inputs/{id}", Scope.APPROVE, this::respond)
                .about("inputs", "Answer what a run waits for")
                .takes(InputRespondParams.class, "requestId")
                .answers(200, InputRespondPayload.class, "taken; a second answer is refused with 409");
        routes.get("/api/v1/sessions/{id}/inputs", Scope.READ, this::listOfSession)
                .about("inputs", "List what the runs of a session wait for")
                .answers(200, InputListPayload.class, "the requests, oldest first");
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
