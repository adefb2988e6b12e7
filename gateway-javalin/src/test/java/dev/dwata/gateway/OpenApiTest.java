package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.gateway.http.RouteTable.Route;
import dev.dwata.types.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/// S1-182. The description of the API is kept in `docs/`, so that a change to it shows. To accept one:
/// `./mvnw -pl gateway-javalin -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Ddwata.openapi.write=true`.
class OpenApiTest {
    private static final Path COPY = Path.of("../docs/openapi.json");

    private final TestGateway gateway = TestGateway.plain();

    @AfterEach
    void close() {
        gateway.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create(gateway.gateway.url() + path);
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private JsonNode document() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/openapi.json");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return Json.MAPPER.readTree(response.body());
    }

    @Test
    void whatIsServedIsWhatIsKeptInTheDocumentation() throws Exception {
        String served = Json.MAPPER
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(document())
                        .replace("\r\n", "\n")
                + "\n";
        if (Boolean.getBoolean("dwata.openapi.write")) {
            Files.writeString(COPY, served);
        }

        assertThat(Files.readString(COPY)).isEqualTo(served);
    }

    @Test
    void everyRouteOfTheApiIsDescribedAndNothingElseIs() throws Exception {
        Set<String> described = new TreeSet<>();
        for (var path : document().path("paths").properties()) {
            path.getValue().propertyNames().forEach(method -> described.add(method + " " + path.getKey()));
        }
        Set<String> routes = gateway.gateway.routes().stream()
                .filter(route -> route.operation().isDescribed() || isOfTheApi(route.path()))
                .map(OpenApiTest::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(routes).contains("get /health", "patch /api/v1/sessions/{id}");
    }

    /// What is under the same path and belongs to another protocol has its description there.
    private static boolean isOfTheApi(String path) {
        return path.startsWith("/api/v1/") && !path.startsWith("/api/v1/chat");
    }

    private static String name(Route route) {
        return route.method().toLowerCase(Locale.ROOT) + " "
                + route.path().replace('<', '{').replace('>', '}');
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryNameIsUnique() throws Exception {
        JsonNode document = document();

        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.stringValue().substring(1)).isObject())
                    .as(reference.stringValue())
                    .isTrue();
        }
        assertThat(document.findValuesAsString("operationId")).doesNotHaveDuplicates();
    }

    @Test
    void theSchemasOfTheProtocolAreServed_S4_111_to_113() throws Exception {
        JsonNode index = Json.MAPPER.readTree(get("/schemas/").body());

        assertThat(index.path("schemas").valueStream().map(JsonNode::stringValue))
                .contains("/schemas/frame.json", "/schemas/event-final.json");
        for (JsonNode path : index.path("schemas")) {
            HttpResponse<String> schema = get(path.stringValue());
            assertThat(schema.statusCode()).isEqualTo(200);
            assertThat(schema.headers().firstValue("Content-Type")).hasValue("application/schema+json");
            assertThat(Json.MAPPER.readTree(schema.body()).path("$schema").asString(""))
                    .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        }
        assertThat(get("/schemas/nothing.json").statusCode()).isEqualTo(404);
        assertThat(get("/schemas/%2e%2e%2fsimplelogger.properties").statusCode())
                .isIn(400, 404);
    }
}
