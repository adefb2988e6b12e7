package dev.dwata.gateway.http;

import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.MemoryOperations;
import dev.dwata.gateway.api.ModelOperations;
import dev.dwata.gateway.api.ProcessOperations;
import dev.dwata.gateway.api.RunOperations;
import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.types.Json;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/// The routes under `/api/v1`.
public final class RestApi implements Door {
    private final Services services;
    private final @Nullable Workspace workspace;

    /// @param workspace the folder that tools work in; absent where there is none
    public RestApi(Services services, @Nullable Workspace workspace) {
        this.services = services;
        this.workspace = workspace;
    }

    @Override
    public void register(RouteTable routes) {
        new SessionRoutes(services).register(routes);
        new SessionListRoutes(services.sessions()).register(routes);
        new SessionChangeRoutes(services).register(routes);
        new SessionPartsRoutes(new RunOperations(services.runtime(), services.store())).register(routes);
        new RunRoutes(services).register(routes);
        new EventRoutes(services).register(routes);
        new InputRoutes(new InputOperations(services.runtime())).register(routes);
        new ProcessRoutes(new ProcessOperations(services.runtime())).register(routes);
        new MemoryRoutes(new MemoryOperations(
                        services.runtime(), services.store().memory()))
                .register(routes);
        new AttachmentRoutes(services.store().attachments()).register(routes);
        new FileRoutes(services.sessions(), workspace).register(routes);
        new AgentRoutes(new AgentOperations(services.runtime())).register(routes);
        new ModelRoutes(new ModelOperations(services.models())).register(routes);
        new UsageRoutes(new UsageOperations(services.store().usage(), services.clock())).register(routes);
        new StatusRoutes(services.status()).register(routes);
    }

    static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(Json.MAPPER.writeValueAsString(body));
    }
}
