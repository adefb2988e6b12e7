package dev.dwata.mcp;

import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.process.Processes;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.node.ObjectNode;

/// Servers under test, with all they need.
final class Bench implements AutoCloseable {
    static final String AGENT = "default";

    /// For servers that are not going to greet.
    static final Surroundings.Times HURRIED = times(Duration.ofMillis(300), InstantSource.system());

    final SessionId session = SessionId.create();
    final InMemoryStore store = new InMemoryStore();
    final LinkedBlockingQueue<String> progress = new LinkedBlockingQueue<>();
    final McpServers servers;
    private final Processes processes;

    Bench(Path folder, ObjectNode servers) {
        this(folder, servers, times(Duration.ofSeconds(20), InstantSource.system()));
    }

    Bench(Path folder, ObjectNode servers, Watch watch) {
        this(folder, servers, times(Duration.ofSeconds(20), watch));
    }

    Bench(Path folder, ObjectNode servers, Surroundings.Times times) {
        Map<String, String> environment =
                Map.of("PATH", System.getenv("PATH"), "TOKEN", "sesame-sesame", "SECRET_KEY", "x");
        ObjectNode configuration = Json.MAPPER.createObjectNode();
        configuration.set("mcpServers", servers);
        processes = new Processes(store.children(), environment);
        this.servers = new McpServers(
                McpSettings.read(configuration, environment),
                new Surroundings(
                        folder,
                        folder.resolve(Surroundings.PINS),
                        Set.of("shell.run", "filesystem.read", "ask_user"),
                        processes,
                        times));
    }

    /// A clock that stands until time passes.
    static final class Watch implements InstantSource {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static Surroundings.Times times(Duration start, InstantSource clock) {
        return new Surroundings.Times(start, Duration.ofMinutes(10), Duration.ofSeconds(30), clock);
    }

    /// The configuration of one server that misbehaves.
    static ObjectNode server(String name, String how, Path... file) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        add(all, name, how, file);
        return all;
    }

    static ObjectNode add(ObjectNode all, String name, String how, Path... file) {
        ObjectNode server = all.putObject(name).put("command", java().toString());
        server.putArray("args")
                .add("-XX:+UseSerialGC")
                .add("-XX:TieredStopAtLevel=1")
                .add("-cp")
                .add(classes())
                .add(MisbehavingServer.class.getName())
                .add(how)
                .add(file.length == 0 ? "unused" : file[0].toString());
        return server;
    }

    List<Tool> tools() {
        return servers.tools(session, AGENT);
    }

    List<String> names() {
        return tools().stream().map(tool -> tool.spec().name()).toList();
    }

    Tool tool(String name) {
        return tools().stream()
                .filter(tool -> tool.spec().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }

    ToolOutcome call(String name) throws Exception {
        return call(tool(name), Asking.NOBODY);
    }

    ToolOutcome call(Tool tool, Asking asking) throws Exception {
        return tool.call(Json.MAPPER.createObjectNode(), context(asking));
    }

    ToolContext context(Asking asking) {
        return new ToolContext(
                Principal.LOCAL,
                session,
                RunId.create(),
                "call_1",
                (share, message) -> progress.add(share + " " + message),
                Scope.NONE,
                asking);
    }

    /// The processes of the session's servers, with all that they started, wherever they have gone (Linux).
    List<Long> survivors() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> environment(pid).contains("SESSION_ID=" + session.value() + "\0"))
                .toList();
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        servers.close();
        processes.close();
        store.close();
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String classes() {
        try {
            return Path.of(MisbehavingServer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
