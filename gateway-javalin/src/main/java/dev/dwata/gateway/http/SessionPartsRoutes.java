package dev.dwata.gateway.http;

import dev.dwata.gateway.api.RunOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.RunView;
import dev.dwata.types.wire.RunsListPayload;
import dev.dwata.types.wire.ToolCallsListPayload;
import io.javalin.http.Context;

/// What the runs of a session were, and the tools that they called.
record SessionPartsRoutes(RunOperations runs) {
    void register(RouteTable routes) {
        routes.get("/api/v1/sessions/{id}/runs", Scope.READ, this::runs)
                .about("runs", "List the runs of a session, newest first")
                .query("limit", Integer.class, "1 to 200, default 50")
                .answers(200, RunsListPayload.class, "the runs");
        routes.get("/api/v1/runs/{id}", Scope.READ, this::run)
                .about("runs", "Show a run")
                .answers(200, RunView.class, "the run");
        routes.get("/api/v1/sessions/{id}/tool-calls", Scope.READ, this::toolCalls)
                .about("sessions", "List the tool calls of a session in the order they were made")
                .query("limit", Integer.class, "1 to 200, default 50")
                .query("offset", Integer.class, "how many to leave out, default 0")
                .answers(200, ToolCallsListPayload.class, "a page of them, and how many there are");
    }

    void runs(Context context, Caller caller) {
        SessionId id = Asked.id(context, SessionId::new);
        RestApi.json(context, 200, runs.list(caller.principal(), id, Asked.count(context, "limit")));
    }

    void run(Context context, Caller caller) {
        RestApi.json(context, 200, runs.find(caller.principal(), Asked.id(context, RunId::new)));
    }

    void toolCalls(Context context, Caller caller) {
        SessionId id = Asked.id(context, SessionId::new);
        RestApi.json(
                context,
                200,
                runs.toolCalls(caller.principal(), id, Asked.count(context, "limit"), Asked.count(context, "offset")));
    }
}
