package dev.dwata.gateway.http;

import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.api.ProcessOperations;
import dev.dwata.types.ProcessId;
import dev.dwata.types.wire.ProcessCancelParams;
import io.javalin.http.Context;
import tools.jackson.databind.node.ObjectNode;

/// The tool calls that are under way.
final class ProcessRoutes {
    private final ProcessOperations processes;
    private final ParamsReader<ProcessCancelParams> params = new ParamsReader<>(ProcessCancelParams.class);

    ProcessRoutes(ProcessOperations processes) {
        this.processes = processes;
    }

    void list(Context context) {
        RestApi.json(context, 200, processes.list(RestApi.CALLER, Asked.session(context)));
    }

    void cancel(Context context) {
        ProcessId id = Asked.id(context, ProcessId::new);
        ObjectNode body = Asked.bodyIfAny(context).put("processId", id.value());
        RestApi.json(context, 202, processes.cancel(RestApi.CALLER, params.read(body)));
    }
}
