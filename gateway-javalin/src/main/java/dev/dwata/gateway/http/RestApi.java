package dev.dwata.gateway.http;

import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.ModelOperations;
import dev.dwata.gateway.api.ProcessOperations;
import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.Json;
import io.javalin.http.Context;

/// The routes under `/api/v1`.
public final class RestApi implements Door {
    private final Services services;

    public RestApi(Services services) {
        this.services = services;
    }

    @Override
    public void register(RouteTable routes) {
        SessionRoutes sessions = new SessionRoutes(services);
        RunRoutes runs = new RunRoutes(services);
        EventRoutes events = new EventRoutes(services);
        AttachmentRoutes attachments = new AttachmentRoutes(services.store().attachments());
        routes.post("/api/v1/attachments", Scope.RUN, attachments::put);
        routes.get("/api/v1/attachments/{id}", Scope.READ, attachments::read);
        routes.get("/api/v1/agents", Scope.READ, new AgentRoutes(new AgentOperations(services.runtime()))::list);
        routes.post("/api/v1/sessions", Scope.RUN, sessions::create);
        routes.get("/api/v1/sessions/{id}", Scope.READ, sessions::show);
        routes.get("/api/v1/sessions/{id}/messages", Scope.READ, sessions::messages);
        routes.post("/api/v1/sessions/{id}/messages", Scope.RUN, runs::ask);
        routes.get("/api/v1/sessions/{id}/events", Scope.READ, events::follow);
        routes.post("/api/v1/runs/{id}/cancel", Scope.RUN, runs::cancel);
        InputRoutes inputs = new InputRoutes(new InputOperations(services.runtime()));
        routes.get("/api/v1/inputs", Scope.READ, inputs::list);
        routes.post("/api/v1/inputs/{id}", Scope.APPROVE, inputs::respond);
        routes.get("/api/v1/sessions/{id}/inputs", Scope.READ, inputs::listOfSession);
        ProcessRoutes processes = new ProcessRoutes(new ProcessOperations(services.runtime()));
        routes.get("/api/v1/processes", Scope.READ, processes::list);
        routes.post("/api/v1/processes/{id}/cancel", Scope.RUN, processes::cancel);
        ModelOperations models = new ModelOperations(services.models());
        routes.get("/api/v1/models", Scope.READ, (context, caller) -> json(context, 200, models.list()));
        UsageOperations usage = new UsageOperations(services.store().usage(), services.clock());
        routes.get("/api/v1/usage", Scope.READ, new UsageRoutes(usage)::show);
    }

    static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(Json.MAPPER.writeValueAsString(body));
    }
}
