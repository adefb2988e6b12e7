package dev.dwata.mcp;

import dev.dwata.mcp.McpServer.Address;
import dev.dwata.mcp.McpServer.Command;
import dev.dwata.mcp.McpServer.Reach;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The servers that are configured.
///
/// @param servers   by their names, in the order of the configuration
/// @param variables of the environment that were put into them: what they hold may be secret
public record McpSettings(Map<String, McpServer> servers, Set<String> variables) {
    /// The key of a configuration that [#read] looks at.
    public static final String KEY = "mcpServers";

    public static final McpSettings NONE = new McpSettings(Map.of(), Set.of());

    private static final Set<String> KEYS = Set.of(
            "type", "command", "args", "env", "cwd", "url", "headers", "disabled", "timeoutMs", "agents", "approval");
    private static final Set<String> HTTP = Set.of("http", "streamable-http", "streamableHttp", "streamable_http");
    private static final int LONGEST_MILLIS = 30 * 60_000;
    private static final int MOST_SERVERS = 64;

    public McpSettings {
        servers = new LinkedHashMap<>(servers);
        variables = Set.copyOf(variables);
    }

    /// Reads them from a configuration, of which other keys are left alone:
    ///
    ///     {"mcpServers": {
    ///       "files":  {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "."]},
    ///       "github": {"url": "https://api.example.com/mcp", "headers": {"Authorization": "Bearer ${TOKEN}"},
    ///                  "agents": ["coder"], "timeoutMs": 120000, "approval": "confirm"}}}
    ///
    /// @param environment for what `${NAME}` stands for
    /// @throws AgentException with `InvalidRequest`, whose message begins with the key that is wrong
    public static McpSettings read(JsonNode configuration, Map<String, String> environment) {
        JsonNode tree = configuration.path(KEY);
        if (tree.isMissingNode() || tree.isNull()) {
            return NONE;
        }
        Variables variables = new Variables(environment);
        Entry all = new Entry(tree, KEY);
        Map<String, McpServer> servers = new LinkedHashMap<>();
        Map<String, String> groups = new LinkedHashMap<>();
        for (String name : tree.propertyNames()) {
            McpServer server = server(name, new Entry(tree.path(name), all.at(name)), variables);
            String group = ToolNames.group(name);
            String other = groups.putIfAbsent(group, name);
            if (group.isEmpty() || name.length() > 40 || other != null) {
                throw all.refuse(
                        name,
                        "named with letters and digits, at most 40, and not like another: its tools are" + " called '"
                                + group + ".…'" + (other == null ? "" : " as are those of " + other));
            }
            servers.put(name, server);
        }
        if (servers.size() > MOST_SERVERS) {
            throw Entry.wrong(KEY + " must hold at most " + MOST_SERVERS + " servers");
        }
        return new McpSettings(servers, variables.used());
    }

    private static McpServer server(String name, Entry of, Variables variables) {
        of.only(KEYS);
        boolean disabled = of.flag("disabled");
        Integer millis = of.number("timeoutMs", 1, LONGEST_MILLIS);
        return new McpServer(
                name,
                reach(of, disabled ? new Variables(Map.of()) : variables, disabled),
                millis == null ? McpServer.USUAL_PATIENCE : Duration.ofMillis(millis),
                of.has("agents") ? Set.copyOf(of.texts("agents")) : null,
                approval(of),
                disabled);
    }

    private static Reach reach(Entry of, Variables variables, boolean disabled) {
        String command = of.text("command");
        String url = of.text("url");
        String type = of.text("type");
        if ((command == null) == (url == null)) {
            throw Entry.wrong(of.path() + " must have either 'command' or 'url'");
        }
        boolean fits = type == null || (command == null ? HTTP.contains(type) : type.equals("stdio"));
        if (!fits) {
            throw of.refuse("type", command == null ? "http, or left out: sse is not spoken" : "stdio, or left out");
        }
        List<String> foreign = new ArrayList<>(command == null ? List.of("args", "env", "cwd") : List.of("headers"));
        foreign.removeIf(key -> !of.has(key));
        if (!foreign.isEmpty()) {
            throw Entry.wrong(
                    of.at(foreign.getFirst()) + " does not go with '" + (command == null ? "url" : "command") + "'");
        }
        return command == null
                ? new Address(url(of, String.valueOf(url)), disabled ? Map.of() : headers(of, variables))
                : new Command(command, of.texts("args"), disabled ? Map.of() : env(of, variables), folder(of));
    }

    private static @Nullable Path folder(Entry of) {
        String folder = of.text("cwd");
        return folder == null ? null : Path.of(folder);
    }

    private static Map<String, String> env(Entry of, Variables variables) {
        Map<String, String> env = variables.in(of, "env");
        env.forEach((name, value) -> {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || value.indexOf('\0') >= 0) {
                throw of.refuse("env." + name, "named with letters, digits and '_', and its value without NUL");
            }
        });
        return env;
    }

    private static Map<String, String> headers(Entry of, Variables variables) {
        Map<String, String> headers = variables.in(of, "headers");
        headers.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9-]+") || !value.matches("[\\x20-\\x7e]+")) {
                throw of.refuse(
                        "headers." + name, "a header: printable ASCII, and letters, digits and '-' in its name");
            }
        });
        return headers;
    }

    private static URI url(Entry of, String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw of.refuse("url", "an http or https URL: " + e.getMessage());
        }
        throw of.refuse("url", "an http or https URL without a password, such as http://127.0.0.1:3001/mcp");
    }

    private static Approval approval(Entry of) {
        String word = of.text("approval");
        for (Approval approval : Approval.values()) {
            if (word == null || approval.wireName().equals(word)) {
                return approval;
            }
        }
        throw of.refuse("approval", "auto, notify or confirm");
    }
}
