package dev.dwata.gateway.http;

import dev.dwata.gateway.openapi.Described;
import dev.dwata.gateway.openapi.OpenApi;
import dev.dwata.gateway.openapi.Schemas;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.wire.SchemasPayload;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the gateway says of itself to programs: its API and the schemas of what it sends. Both are the same for
/// everybody and part of the published program, so nobody has to say who they are.
final class DescriptionRoutes {
    private final RouteTable routes;
    private final Schemas schemas = new Schemas();

    DescriptionRoutes(RouteTable routes) {
        this.routes = routes;
    }

    void register() {
        routes.open(HandlerType.GET, "/openapi.json", this::api)
                .about("descriptions", "Read this description")
                .answers(200, "application/json", "OpenAPI 3.1");
        routes.open(HandlerType.GET, "/schemas", this::index)
                .about("descriptions", "List the schemas of what is sent over the WebSocket")
                .answers(200, SchemasPayload.class, "their paths");
        routes.open(HandlerType.GET, "/schemas/{name}", this::schema)
                .about("descriptions", "Read a schema")
                .path("name", "such as frame.json")
                .answers(200, "application/schema+json", "JSON Schema, draft 2020-12");
    }

    private void api(Context context) {
        RestApi.json(context, 200, document());
    }

    private ObjectNode document() {
        List<Described> described = routes.all().stream()
                .map(route -> new Described(
                        route.method(),
                        route.path(),
                        route.scope() == null ? null : route.scope().wireName(),
                        route.operation()))
                .toList();
        return new OpenApi(ErrorBody.class).document(described);
    }

    private void index(Context context) {
        List<String> paths =
                schemas.names().stream().map(name -> "/schemas/" + name).toList();
        RestApi.json(context, 200, new SchemasPayload(paths));
    }

    private void schema(Context context) {
        String name = context.pathParam("name");
        byte[] schema = schemas.read(name)
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no schema " + name)));
        context.contentType("application/schema+json").result(schema);
    }
}
