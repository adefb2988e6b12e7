package dev.dwata.gateway.http;

import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.api.ProcessOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.ProcessId;
import dev.dwata.types.wire.ProcessCancelParams;
import dev.dwata.types.wire.ProcessCancelPayload;
import dev.dwata.types.wire.ProcessesListPayload;
import io.javalin.http.Context;
import tools.jackson.databind.node.ObjectNode;

/// The tool calls that are under way.
final class ProcessRoutes {
    private final ProcessOperations processes;
    private final ParamsReader<ProcessCancelParams> params = new ParamsReader<>(ProcessCancelParams.class);

    ProcessRoutes(ProcessOperations processes) {
        this.processes = processes;
    }

    void register(RouteTable routes) {
        routes.get("/api/v1/processes", Scope.READ, this::list)
                .about("processes", "List the tool calls that are under way")
                .query("sessionId", String.class, "only of this session")
                .answers(200, ProcessesListPayload.class, "the calls, oldest first");
        routes.post("/api/v1/processes/{id}/cancel", Scope.RUN, this::cancel)
                .about("processes", "Stop a tool call")
                .mayTake(ProcessCancelParams.class, "processId")
                .answers(202, ProcessCancelPayload.class, "it was told to stop");
    }

    void list(Context context, Caller caller) {
        RestApi.json(context, 200, processes.list(caller.principal(), Asked.session(context)));
    }

    void cancel(Context context, Caller caller) {
        ProcessId id = Asked.id(context, ProcessId::new);
        ObjectNode body = Asked.bodyIfAny(context).put("processId", id.value());
        RestApi.json(context, 202, processes.cancel(caller.principal(), params.read(body)));
    }
}
