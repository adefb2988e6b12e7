package dev.dwata.gateway.http;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.wire.HealthPayload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is answered over plain HTTP.
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final HealthCheck health;
    private final AtomicReference<String> told = new AtomicReference<>("");
    private final List<Door> doors;
    private final Redaction redaction;

    Routes(HealthCheck health, List<Door> doors, Redaction redaction) {
        this.health = health;
        this.doors = doors;
        this.redaction = redaction;
    }

    /// @return all that were added
    RouteTable register(RoutesConfig routes) {
        RouteTable table = new RouteTable(routes);
        table.open(HandlerType.GET, "/", this::front);
        table.open(HandlerType.GET, "/health", this::health)
                .about("status", "Tell whether the gateway does its work")
                .answers(200, HealthPayload.class, "healthy")
                .answers(503, HealthPayload.class, "degraded or unhealthy, and why");
        new DescriptionRoutes(table).register();
        table.open(HandlerType.GET, "/ws", context -> fail(context, 426, "/ws speaks WebSocket only"));
        doors.forEach(door -> door.register(table));
        routes.exception(AgentException.class, (e, context) -> fail(context, e.error()));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> fail(
                        context,
                        e.getStatus(),
                        e.getStatus() == 404
                                ? "there is nothing at " + context.path()
                                : HttpStatus.getMessage(e.getStatus())));
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            fail(context, 500, "internal error: see the gateway's log");
        });
        return table;
    }

    /// A page for people, and for programs what there is.
    private void front(Context context) {
        if (String.valueOf(context.header("Accept")).contains("text/html")) {
            WebDoor.page(context);
            return;
        }
        RestApi.json(
                context,
                200,
                Json.MAPPER
                        .createObjectNode()
                        .put("name", "dwata")
                        .put("version", health.version())
                        .put("about", "An agent gateway. Its protocol is spoken over the WebSocket below.")
                        .put("ws", (context.req().isSecure() ? "wss://" : "ws://") + context.header("Host") + "/ws")
                        .put("health", "/health"));
    }

    private void health(Context context) {
        AgentError failure = failureOf(health::check);
        tell(failure);
        boolean readable = failure == null || failureOf(health::checkReading) == null;
        RestApi.json(
                context,
                failure == null ? 200 : 503,
                new HealthPayload(
                        failure == null ? "healthy" : readable ? "degraded" : "unhealthy",
                        readable ? "connected" : "unavailable",
                        failure == null ? null : redaction.text(failure.message()),
                        failure == null ? null : failure.code().name(),
                        health.version(),
                        health.uptimeSeconds()));
    }

    private static @Nullable AgentError failureOf(Runnable check) {
        try {
            check.run();
            return null;
        } catch (AgentException e) {
            return e.error();
        }
    }

    /// Once, not for everybody who asks.
    private void tell(@Nullable AgentError failure) {
        String now = failure == null ? "" : failure.message();
        if (!told.getAndSet(now).equals(now) && failure != null) {
            LOG.warn("the storage is not as it should be: {}", failure.message());
        }
    }

    private void fail(Context context, AgentError error) {
        if (error instanceof AgentError.Internal) {
            LOG.error("{} {} failed: {}", context.method(), context.path(), error.message());
        }
        context.status(ErrorBody.status(error))
                .contentType("application/json")
                .result(ErrorBody.of(context.path(), redaction.error(error)));
    }

    private void fail(Context context, int status, String message) {
        context.status(status).contentType("application/json").result(ErrorBody.of(status, redaction.text(message)));
    }
}
