package dev.dwata.gateway.openapi;

import dev.dwata.types.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the description of the API as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1, read 2026-11-21): every
/// route that says what it is for, in an order that does not depend on when it was added.
public final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("[{<]([a-zA-Z]+)[}>]");
    private static final String TOKEN = "token";
    private static final String VERSION = "1";
    private static final String JSON = "application/json";

    private final Class<? extends Record> error;
    private final Components components = new Components();

    /// @param error how every error reads
    public OpenApi(Class<? extends Record> error) {
        this.error = error;
    }

    /// May be called once.
    public ObjectNode document(List<Described> routes) {
        List<Described> told =
                routes.stream().filter(route -> route.operation().isDescribed()).toList();
        ObjectNode paths = paths(told);
        ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.1.1");
        document.set("info", info());
        document.putArray("servers").addObject().put("url", "/").put("description", "this gateway");
        ArrayNode tags = document.putArray("tags");
        for (String tag : new TreeSet<>(
                told.stream().map(route -> route.operation().tag()).toList())) {
            tags.addObject().put("name", tag).put("description", Tags.about(tag));
        }
        document.set("paths", paths);
        document.set("components", components());
        return document;
    }

    private ObjectNode info() {
        ObjectNode info = Json.MAPPER.createObjectNode();
        info.put("title", "dwata gateway").put("version", VERSION);
        info.put("summary", "Sessions, runs and what belongs to them, over HTTP");
        info.put("description", Protocols.TEXT);
        info.putObject("license").put("name", "Apache 2.0").put("identifier", "Apache-2.0");
        return info;
    }

    private ObjectNode paths(List<Described> routes) {
        Map<String, Map<String, ObjectNode>> paths = new TreeMap<>();
        for (Described route : routes) {
            String path = PARAMETER.matcher(route.path()).replaceAll("{$1}");
            paths.computeIfAbsent(path, key -> new TreeMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        ObjectNode all = Json.MAPPER.createObjectNode();
        paths.forEach((path, operations) -> {
            ObjectNode item = all.putObject(path);
            operations.forEach(item::set);
        });
        return all;
    }

    private ObjectNode operation(Described route) {
        Operation said = route.operation();
        ObjectNode operation = Json.MAPPER.createObjectNode();
        operation.put("operationId", id(route));
        operation.putArray("tags").add(said.tag());
        operation.put("summary", said.summary());
        String details = details(route);
        if (!details.isEmpty()) {
            operation.put("description", details);
        }
        ArrayNode security = operation.putArray("security");
        if (route.scope() != null) {
            security.addObject().putArray(TOKEN);
        }
        ArrayNode parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (said.body() != null) {
            operation.set("requestBody", body(said.body()));
        }
        operation.set("responses", responses(route));
        return operation;
    }

    private static String details(Described route) {
        String details = route.operation().details();
        return route.scope() == null ? details : (details + " Needs the scope `" + route.scope() + "`.").strip();
    }

    /// For example `getSessionsIdMessages`.
    private static String id(Described route) {
        StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String part : route.path().replaceFirst("^/api/v1", "").split("[^a-zA-Z0-9]+", -1)) {
            if (!part.isEmpty()) {
                id.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return id.toString();
    }

    private ArrayNode parameters(Described route) {
        ArrayNode parameters = Json.MAPPER.createArrayNode();
        Matcher names = PARAMETER.matcher(route.path());
        List<Operation.Parameter> said = new ArrayList<>(route.operation().parameters());
        while (names.find()) {
            String name = names.group(1);
            if (said.stream()
                    .noneMatch(
                            known -> known.in().equals("path") && known.name().equals(name))) {
                parameters.add(parameter(new Operation.Parameter("path", name, String.class, "", true)));
            }
        }
        said.forEach(known -> parameters.add(parameter(known)));
        return parameters;
    }

    private ObjectNode parameter(Operation.Parameter said) {
        ObjectNode parameter =
                Json.MAPPER.createObjectNode().put("in", said.in()).put("name", said.name());
        if (!said.about().isEmpty()) {
            parameter.put("description", said.about());
        }
        if (said.required()) {
            parameter.put("required", true);
        }
        parameter.set("schema", components.value(said.type()));
        return parameter;
    }

    private ObjectNode body(Operation.Body said) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("required", said.required());
        body.set("content", content(said.mediaType(), said.type(), said.fromPath()));
        return body;
    }

    private ObjectNode content(String mediaType, @Nullable Class<?> type, List<String> without) {
        ObjectNode content = Json.MAPPER.createObjectNode();
        ObjectNode media = content.putObject(mediaType);
        if (type != null) {
            media.set("schema", without.isEmpty() ? components.reference(type) : components.without(type, without));
        } else if (mediaType.startsWith("text/")) {
            media.putObject("schema").put("type", "string");
        } else {
            media.putObject("schema");
        }
        return content;
    }

    private ObjectNode responses(Described route) {
        Map<String, ObjectNode> responses = new TreeMap<>();
        for (Operation.Answer answer : route.operation().answers()) {
            ObjectNode response = Json.MAPPER.createObjectNode().put("description", answer.about());
            if (answer.mediaType() != null) {
                response.set("content", content(answer.mediaType(), answer.type(), List.of()));
            }
            responses.put(Integer.toString(answer.status()), response);
        }
        for (Failure failure : Failure.of(route)) {
            responses.put(failure.status(), refer("responses", failure.name()));
        }
        ObjectNode all = Json.MAPPER.createObjectNode();
        responses.forEach(all::set);
        return all;
    }

    private static ObjectNode refer(String kind, String name) {
        return Json.MAPPER.createObjectNode().put("$ref", "#/components/" + kind + "/" + name);
    }

    private ObjectNode components() {
        ObjectNode all = Json.MAPPER.createObjectNode();
        ObjectNode scheme = all.putObject("securitySchemes").putObject(TOKEN);
        scheme.put("type", "http").put("scheme", "bearer");
        scheme.put("description", "A token of `dwata token`, with the scopes that it was given.");
        ObjectNode responses = all.putObject("responses");
        for (Failure failure : Failure.values()) {
            ObjectNode response = responses.putObject(failure.name()).put("description", failure.about());
            response.set("content", content(JSON, error, List.of()));
        }
        ObjectNode schemas = all.putObject("schemas");
        components.schemas().forEach(schemas::set);
        return all;
    }
}
