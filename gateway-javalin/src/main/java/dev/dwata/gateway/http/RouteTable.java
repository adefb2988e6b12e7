package dev.dwata.gateway.http;

import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.openapi.Operation;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The routes of the gateway. Each says what its callers need; only the few that are open to all need nothing.
public final class RouteTable {
    private final RoutesConfig javalin;
    private final List<Route> routes = new ArrayList<>();

    RouteTable(RoutesConfig javalin) {
        this.javalin = javalin;
    }

    /// What a route does. May block: each request has a thread of its own. Fails with
    /// [dev.dwata.types.AgentException].
    @FunctionalInterface
    public interface Action {
        void answer(Context context, Caller caller) throws Exception;
    }

    /// @param method for example `GET`
    /// @param path   with `{names}` of parameters, `<names>` of those that may hold slashes
    /// @param scope     what callers need; absent: nothing
    /// @param operation what it is for
    public record Route(
            String method, String path, @Nullable Scope scope, Operation operation) {}

    public Operation get(String path, Scope needed, Action action) {
        return add(HandlerType.GET, path, needed, action);
    }

    public Operation post(String path, Scope needed, Action action) {
        return add(HandlerType.POST, path, needed, action);
    }

    public Operation put(String path, Scope needed, Action action) {
        return add(HandlerType.PUT, path, needed, action);
    }

    public Operation patch(String path, Scope needed, Action action) {
        return add(HandlerType.PATCH, path, needed, action);
    }

    public Operation delete(String path, Scope needed, Action action) {
        return add(HandlerType.DELETE, path, needed, action);
    }

    /// @return to be told what the route is for
    public Operation add(HandlerType method, String path, Scope needed, Action action) {
        Operation operation = new Operation();
        routes.add(new Route(method.name(), path, needed, operation));
        javalin.addHttpHandler(method, path, context -> {
            Caller caller = caller(context.req());
            Exchanges.routed(context.req().getAttribute(Exchanges.attribute()), path);
            caller.require(needed);
            action.answer(context, caller);
        });
        return operation;
    }

    /// A route that the [Guard] lets everybody through to, see [Access#isOpen].
    public Operation open(HandlerType method, String path, Handler handler) {
        Operation operation = new Operation();
        routes.add(new Route(method.name(), path, null, operation));
        javalin.addHttpHandler(method, path, context -> {
            Exchanges.routed(context.req().getAttribute(Exchanges.attribute()), path);
            handler.handle(context);
        });
        return operation;
    }

    /// All that were added so far.
    public List<Route> all() {
        return List.copyOf(routes);
    }

    /// Who sent a request that came through the [Guard].
    public static Caller caller(HttpServletRequest request) {
        return (Caller) Objects.requireNonNull(request.getAttribute(Guard.CALLER), "nobody has looked who calls");
    }
}
