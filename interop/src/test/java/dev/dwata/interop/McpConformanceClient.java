package dev.dwata.interop;

import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.process.Processes;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.mcp.McpServers;
import dev.dwata.mcp.McpSettings;
import dev.dwata.mcp.Surroundings;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the conformance suite of MCP starts, with the address of a server that watches what it does: it calls
/// every tool that there is, as an agent would.
final class McpConformanceClient {
    private McpConformanceClient() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("dwata-conformance");
        ObjectNode configuration = Json.MAPPER.createObjectNode();
        configuration
                .putObject(McpSettings.KEY)
                .putObject("suite")
                .put("url", arguments[arguments.length - 1])
                .put("timeoutMs", 8000);
        SessionId session = SessionId.create();
        try (InMemoryStore store = new InMemoryStore();
                Processes processes = new Processes(store.children(), Map.of());
                McpServers servers = new McpServers(
                        McpSettings.read(configuration, Map.of()),
                        new Surroundings(folder, folder.resolve(Surroundings.PINS), Set.of(), processes))) {
            List<Tool> tools = servers.tools(session, "default");
            for (Tool tool : tools) {
                System.out.println(tool.spec().name() + ": "
                        + tool.call(call(tool, tools), context(session)).result());
            }
        }
        Files.deleteIfExists(folder.resolve(Surroundings.PINS));
        Files.deleteIfExists(folder.resolve(Surroundings.PINS + ".lock"));
        Files.deleteIfExists(folder);
        System.exit(0);
    }

    /// Numbers for the tool that adds; for one that wants a schema that of the first tool, as it arrived.
    private static JsonNode call(Tool tool, List<Tool> tools) {
        ObjectNode arguments = Json.MAPPER.createObjectNode();
        JsonNode wanted = tool.spec().parameters().path("properties");
        if (wanted.has("a") && wanted.has("b")) {
            arguments.put("a", 5).put("b", 3);
        }
        if (wanted.has("schema")) {
            arguments.set("schema", tools.getFirst().spec().parameters());
        }
        return arguments;
    }

    private static ToolContext context(SessionId session) {
        Asking emptyForm = ask -> new InputResolved(
                InputId.create(), InputDecision.ANSWERED, "local", null, Json.MAPPER.createObjectNode(), null, null);
        return new ToolContext(
                Principal.LOCAL, session, RunId.create(), "call_1", (share, message) -> {}, Scope.NONE, emptyForm);
    }
}
