package dev.dwata.gateway.http;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.ModelOperations;
import dev.dwata.gateway.api.ProcessOperations;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/// The routes under `/api/v1`. Whoever reaches them is let in: only this machine does.
public final class RestApi {
    static final Principal CALLER = Principal.LOCAL;

    private final Parts parts;
    private final Followers followers;

    /// What the routes give access to.
    ///
    /// @param changed is told of sessions that were made; must not block
    public record Parts(
            LocalRuntime runtime,
            Store store,
            SessionOperations sessions,
            ModelOperations models,
            Consumer<SessionId> changed) {
        UsageOperations usage() {
            return new UsageOperations(store.usage(), InstantSource.system());
        }
    }

    public RestApi(Parts parts, HttpLimits limits) {
        this.parts = parts;
        this.followers = new Followers(parts.runtime().as(CALLER), limits);
    }

    void register(RoutesConfig routes) {
        SessionRoutes sessions = new SessionRoutes(parts);
        RunRoutes runs = new RunRoutes(parts, followers);
        EventRoutes events = new EventRoutes(parts, followers);
        AttachmentRoutes attachments = new AttachmentRoutes(parts.store().attachments());
        routes.post("/api/v1/attachments", attachments::put);
        routes.get("/api/v1/attachments/{id}", attachments::read);
        routes.get("/api/v1/agents", new AgentRoutes(new AgentOperations(parts.runtime()))::list);
        routes.post("/api/v1/sessions", sessions::create);
        routes.get("/api/v1/sessions/{id}", sessions::show);
        routes.get("/api/v1/sessions/{id}/messages", sessions::messages);
        routes.post("/api/v1/sessions/{id}/messages", runs::ask);
        routes.get("/api/v1/sessions/{id}/events", events::follow);
        routes.post("/api/v1/runs/{id}/cancel", runs::cancel);
        InputRoutes inputs = new InputRoutes(new InputOperations(parts.runtime()));
        routes.get("/api/v1/inputs", inputs::list);
        routes.post("/api/v1/inputs/{id}", inputs::respond);
        routes.get("/api/v1/sessions/{id}/inputs", inputs::listOfSession);
        ProcessRoutes processes = new ProcessRoutes(new ProcessOperations(parts.runtime()));
        routes.get("/api/v1/processes", processes::list);
        routes.post("/api/v1/processes/{id}/cancel", processes::cancel);
        routes.get(
                "/api/v1/models", context -> json(context, 200, parts.models().list()));
        routes.get("/api/v1/usage", new UsageRoutes(parts.usage())::show);
    }

    Redaction redaction() {
        return parts.runtime().redaction();
    }

    static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(Json.MAPPER.writeValueAsString(body));
    }

    /// Ends every stream and every wait for an answer; runs go on. New ones are refused.
    ///
    /// @param patience how long their clients may take to hear of it
    /// @throws InterruptedException when it is not to be waited for any longer
    public void end(Duration patience) throws InterruptedException {
        followers.close(patience);
    }
}
