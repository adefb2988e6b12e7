package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.process.Processes;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.mcp.McpServers;
import dev.dwata.mcp.McpSettings;
import dev.dwata.mcp.Surroundings;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An agent that uses MCP servers which others have written, over standard input and output and over HTTP.
class McpInteropTest {
    private static final Path MODULES =
            Path.of("node_modules/@modelcontextprotocol").toAbsolutePath();

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore();
    private final ScriptedModel model = new ScriptedModel();
    private final ObjectNode servers = Json.MAPPER.createObjectNode();
    private Path workspace;

    @BeforeEach
    void workspace() throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace")).toRealPath();
        Files.writeString(workspace.resolve("a.txt"), "Eins — 日本語.\n");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdio", "http"})
    void everything(String transport) throws Exception {
        try (EverythingServer http = transport.equals("http") ? EverythingServer.start() : null) {
            if (http == null) {
                program("every", "server-everything", "stdio");
            } else {
                servers.putObject("every").put("url", http.url());
            }
            model.calls("every.echo", "{\"message\":\"Grüße\"}")
                    .calls("every.get_sum", "{\"a\":2,\"b\":40}")
                    .calls("every.get_structured_content", "{\"location\":\"Chicago\"}")
                    .calls("every.get_tiny_image", "{}")
                    .calls("every.get_sum", "{\"a\":\"two\"}")
                    .calls("every.trigger_long_running_operation", "{\"duration\":1,\"steps\":4}")
                    .calls("every.get_roots_list", "{}")
                    .says("Done.");

            List<AgentEvent> events = run("Use everything.");

            List<AgentEvent.ToolReturned> results = of(AgentEvent.ToolReturned.class, events);
            assertThat(results.stream().map(AgentEvent.ToolReturned::success))
                    .containsExactly(true, true, true, true, false, true, true);
            assertThat(result(results.get(0)).get("text").stringValue()).isEqualTo("Echo: Grüße");
            assertThat(result(results.get(1)).get("text").stringValue()).contains("42");
            assertThat(result(results.get(2)).path("structured").has("temperature"))
                    .isTrue();
            assertThat(result(results.get(3)).at("/other/0/media_type").stringValue())
                    .isEqualTo("image/png");
            assertThat(result(results.get(4)).get("error").stringValue()).contains("Invalid arguments");
            assertThat(of(AgentEvent.ToolProgressed.class, events)).isNotEmpty();
            assertThat(result(results.get(6)).get("text").stringValue())
                    .contains(workspace.toUri().toString());
        }
    }

    @Test // L7: what a server asks is a question of the run
    void aQuestionOfAServerIsAnsweredByAPerson() throws Exception {
        program("every", "server-everything", "stdio");
        model.calls("every.echo", "{\"message\":\"first, so that it has told of its other tools\"}")
                .calls("every.trigger_elicitation_request", "{}")
                .says("Done.");

        List<AgentEvent> events = run("Ask me.");

        assertThat(of(AgentEvent.InputRequested.class, events)).singleElement().satisfies(asked -> {
            assertThat(asked.reason()).startsWith("MCP server 'every' asks: ");
            assertThat(asked.form()).isNotNull();
        });
        AgentEvent.ToolReturned returned =
                of(AgentEvent.ToolReturned.class, events).getLast();
        assertThat(returned.success()).isTrue();
        assertThat(result(returned).get("text").stringValue()).contains("Ada");
    }

    @Test
    void filesOfTheFilesystemServer() throws Exception {
        program("filesystem", "server-filesystem", workspace.toString());
        String file = workspace.resolve("b.txt").toString();
        model.calls("mcp_filesystem.read_text_file", "{\"path\":\"" + workspace.resolve("a.txt") + "\"}")
                .calls("mcp_filesystem.write_file", "{\"path\":\"" + file + "\",\"content\":\"Zwei.\"}")
                .calls("mcp_filesystem.read_text_file", "{\"path\":\"/etc/passwd\"}")
                .says("Done.");

        List<AgentEvent.ToolReturned> results = of(AgentEvent.ToolReturned.class, run("Copy it."));

        assertThat(result(results.get(0)).toString()).contains("Eins — 日本語.");
        assertThat(Path.of(file)).hasContent("Zwei.");
        assertThat(results.get(2).success()).isFalse();
        assertThat(result(results.get(2)).get("error").stringValue()).contains("outside allowed directories");
    }

    @Test // S2-72: a memory of the session
    void memoryOfTheMemoryServer() throws Exception {
        program("memory", "server-memory").putObject("env").put("MEMORY_FILE_PATH", folder + "/${SESSION_ID}.json");
        model.calls(
                        "mcp_memory.create_entities",
                        "{\"entities\":[{\"name\":\"Ada\",\"entityType\":\"person\",\"observations\":[\"likes tea\"]}]}")
                .calls("mcp_memory.search_nodes", "{\"query\":\"tea\"}")
                .says("Done.");

        List<AgentEvent> events = run("Remember Ada.");

        assertThat(result(of(AgentEvent.ToolReturned.class, events).getLast()).toString())
                .contains("likes tea");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("[0-9a-f-]{36}\\.json"));
        }
    }

    private ObjectNode program(String name, String module, String... arguments) {
        ObjectNode server = servers.putObject(name).put("command", "node");
        server.putArray("args")
                .add(MODULES.resolve(module).resolve("dist/index.js").toString());
        for (String argument : arguments) {
            ((ArrayNode) server.get("args")).add(argument);
        }
        return server;
    }

    /// Everything is allowed; who is asked fills in a name.
    private List<AgentEvent> run(String prompt) {
        ObjectNode configuration = Json.MAPPER.createObjectNode();
        configuration.set(McpSettings.KEY, servers);
        try (Processes processes = new Processes(store.children(), System.getenv());
                McpServers mcp = new McpServers(
                        McpSettings.read(configuration, System.getenv()),
                        new Surroundings(
                                workspace,
                                folder.resolve(Surroundings.PINS),
                                Set.of("filesystem.read", "memory.get"),
                                processes));
                LocalRuntime runtime = AgentRuntime.builder()
                        .models(model.asModels())
                        .store(store)
                        .policy(ToolPolicy.allowAll())
                        .toolSource(mcp)
                        .build()) {
            List<AgentEvent> events = new ArrayList<>();
            try (Run run = runtime.createSession().prompt(prompt)) {
                for (AgentEvent event : run) {
                    events.add(event);
                    if (event instanceof AgentEvent.InputRequested asked) {
                        runtime.respond(asked.requestId(), new InputResponse.Answer(filledIn(asked.form())));
                    }
                }
            }
            assertThat(events.getLast()).as(events.toString()).isInstanceOf(AgentEvent.RunCompleted.class);
            return events;
        }
    }

    private static JsonNode filledIn(JsonNode form) {
        assertThat(form.path("properties").propertyNames()).contains("name");
        return Json.MAPPER.createObjectNode().put("name", "Ada");
    }

    private static JsonNode result(AgentEvent.ToolReturned returned) {
        return returned.result();
    }

    private static <E> List<E> of(Class<E> type, List<AgentEvent> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
