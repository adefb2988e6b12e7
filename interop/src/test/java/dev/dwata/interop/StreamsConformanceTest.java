package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The public conformance suite of servers of durable streams (0.3.6), subscriptions included: all of it.
class StreamsConformanceTest {
    private static final int TESTS = 338;

    @TempDir
    Path folder;

    @Test
    void passesTheWholeSuite() throws Exception {
        Path report = folder.resolve("report.json");
        try (StreamGateway gateway = StreamGateway.start(folder, 0, new ScriptedModel());
                NodeScript suite = NodeScript.start(
                        folder,
                        Map.of("DWATA_URL", gateway.url()),
                        "node_modules/vitest/vitest.mjs",
                        "run",
                        "--reporter=json",
                        "--outputFile=" + report)) {
            suite.end(Duration.ofMinutes(10));
            assertThat(report).as(suite.errors()).exists();
        }

        JsonNode results = Json.MAPPER.readTree(Files.readString(report));
        List<String> failed = results.path("testResults")
                .valueStream()
                .flatMap(file -> file.path("assertionResults").valueStream())
                .filter(test -> !test.path("status").asString("").equals("passed"))
                .map(test -> test.path("fullName").asString("") + ": " + test.path("failureMessages"))
                .toList();
        System.out.println(
                "durable streams conformance: " + results.path("numPassedTests").asInt(0) + " of "
                        + results.path("numTotalTests").asInt(0) + " passed");
        assertThat(failed).isEmpty();
        assertThat(results.path("numTotalTests").asInt(0)).isEqualTo(TESTS);
        assertThat(results.path("numPassedTests").asInt(0)).isEqualTo(TESTS);
    }
}
