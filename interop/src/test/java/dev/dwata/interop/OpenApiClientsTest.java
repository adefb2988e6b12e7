package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.types.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// S1-182. The description that a gateway serves, read by an unmodified linter and by an unmodified generator
/// of clients.
@Timeout(240)
class OpenApiClientsTest {
    private static final long SECONDS = 100;
    private static final String SCRIPT = "generated-client.mts";

    /// Below `interop/`, where the packages are found.
    private final Path folder = Path.of("target/openapi-clients");

    private final ScriptedModel model = new ScriptedModel();
    private final InMemoryStore store = new InMemoryStore();
    private final LocalRuntime runtime =
            AgentRuntime.builder().models(model.asModels()).store(store).build();
    private final Gateway gateway =
            Gateway.start(GatewayConfig.of("test").withPort(0), runtime, store, model.asModels());
    private final Path document = folder.resolve("openapi.json");

    @BeforeEach
    void save() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create(gateway.url() + "/openapi.json");
            var response = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofFile(document));
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @AfterEach
    void close() {
        gateway.close();
        runtime.close();
    }

    @Test
    void aLinterFindsNothing() throws Exception {
        Ran linter = node(
                "node_modules/@redocly/cli/bin/cli.js",
                "lint",
                "--extends=recommended",
                "--format=json",
                document.toString());

        JsonNode found = Json.MAPPER.readTree(linter.output());
        assertThat(linter.exitCode()).as(linter.toString()).isZero();
        assertThat(found.path("totals"))
                .as(linter.toString())
                .isEqualTo(Json.MAPPER.readTree("{\"errors\":0,\"warnings\":0,\"ignored\":0}"));
    }

    @Test
    void aGeneratedClientUsesTheApi() throws Exception {
        model.says("Hello.");

        JsonNode seen = Json.MAPPER.readTree(
                succeeds(generated().toString(), gateway.url().toString()));

        assertThat(seen).isEqualTo(Json.MAPPER.readTree("""
                {
                  "content": "Hello.",
                  "messages": ["user: Talk.", "assistant: Hello."],
                  "renamed": "Renamed",
                  "listed": {"titles": ["Renamed"], "total": 1},
                  "archived": "archived",
                  "changed": {"title": "Bass", "version": 2},
                  "stale": {
                    "status": 409,
                    "error": "item ID is at version 2, not at 1; read it again",
                    "code": "CONFLICT",
                    "details": {"expectedVersion": 1, "version": 2}
                  },
                  "wrong": {
                    "status": 400,
                    "error": "title must be a string, not an integer",
                    "code": "INVALID_REQUEST"
                  }
                }
                """));
    }

    /// The types made from the document, and the program compiled against them.
    private Path generated() throws IOException, InterruptedException {
        succeeds(
                "node_modules/openapi-typescript/bin/cli.js",
                document.toString(),
                "--output",
                folder.resolve("gateway.d.mts").toString());
        Path program =
                Files.copy(Path.of("src/test/js", SCRIPT), folder.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
        succeeds(
                "node_modules/typescript/bin/tsc",
                "--strict",
                "--noEmitOnError",
                "--target",
                "es2022",
                "--lib",
                "es2022,dom,dom.iterable",
                "--module",
                "nodenext",
                program.toString());
        return folder.resolve("generated-client.mjs");
    }

    private String succeeds(String... arguments) throws IOException, InterruptedException {
        Ran ran = node(arguments);
        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        return ran.output();
    }

    private Ran node(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(NodeScript.node()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(errors.toFile()).redirectOutput(output.toFile());
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("%s ended by itself", arguments[0])
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private record Ran(int exitCode, String output, String errors) {}
}
