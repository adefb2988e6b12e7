package dev.dwata.cli;

import dev.dwata.agent.process.Processes;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.home.Settings;
import dev.dwata.cli.home.ToolServers;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.mcp.McpException;
import dev.dwata.mcp.McpServer;
import dev.dwata.mcp.McpServers;
import dev.dwata.persistence.DataFolder;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `dwata mcp …`: the MCP servers, whether they work, and whether their tools are still what they were.
@Command(
        name = "dwata mcp",
        description = "Shows the MCP servers that agents may use, tries them, and approves tools that have changed.",
        sortOptions = false,
        footer = {
            "",
            "  list                     what is configured",
            "  test [SERVER]            starts it, or each, and shows what it offers, or why not",
            "  approve SERVER [TOOL]    takes a tool, or all, for what they are now",
            "",
            "They are mcpServers in config.json of the data folder: see docs/mcp.md."
        })
final class McpCommand implements Callable<Integer> {
    private static final int LINE = 300;

    private final Invocation invocation;

    enum Action {
        LIST,
        TEST,
        APPROVE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SERVER")
    @Nullable
    String server;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TOOL")
    @Nullable
    String tool;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print lines of JSON.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    McpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        check();
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        Settings settings = access.settings();
        Collection<McpServer> servers = settings.mcp().servers().values();
        if (action == Action.LIST) {
            servers.forEach(this::print);
            return ExitCode.ANSWERED;
        }
        DataFolder folder = access.folder();
        Path workspace = invocation.directory().toRealPath();
        try (Store store = Installation.openStore(folder);
                Processes processes = new Processes(store.children(), invocation.environment());
                ToolServers home = ToolServers.over(
                        new ToolServers.Home(folder, workspace, settings.mcp()), processes, List.of())) {
            return action == Action.TEST ? test(home.servers(), servers) : approve(home.servers());
        }
    }

    private void check() {
        if (action == Action.APPROVE && server == null) {
            throw CommandFailure.usage("whose tools? dwata mcp approve SERVER [TOOL]; 'dwata mcp' lists the servers");
        }
        if ((action != Action.APPROVE && tool != null) || (action == Action.LIST && server != null)) {
            throw CommandFailure.usage(action + " takes no " + (tool == null ? "server" : "tool"));
        }
    }

    private int test(McpServers home, Collection<McpServer> configured) throws InterruptedException {
        List<String> names = server != null
                ? List.of(server)
                : configured.stream()
                        .filter(one -> !one.disabled())
                        .map(McpServer::name)
                        .toList();
        int code = ExitCode.ANSWERED;
        for (String name : names) {
            try {
                print(name, home.examine(name));
            } catch (McpException e) {
                invocation.streams().notice(line(e.said()));
                code = ExitCode.UNAVAILABLE;
            }
        }
        return code;
    }

    private int approve(McpServers home) throws InterruptedException {
        try {
            for (Tool approved : home.approve(String.valueOf(server), tool == null ? "" : tool)) {
                print(approved.spec(), "approved");
            }
            return ExitCode.ANSWERED;
        } catch (McpException e) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, line(e.said()), e);
        }
    }

    private void print(McpServer one) {
        String agents = one.agents() == null ? "all agents" : String.join(", ", new TreeSet<>(one.agents()));
        if (json) {
            ObjectNode value = Json.MAPPER
                    .createObjectNode()
                    .put("name", one.name())
                    .put("reach", one.reach().shown())
                    .put("disabled", one.disabled());
            if (one.agents() != null) {
                value.set("agents", Json.MAPPER.valueToTree(new TreeSet<>(one.agents())));
            }
            printer().value(value);
        } else {
            out().printf(
                            "%-20s %-50s %s%n",
                            line(one.name()), line(one.reach().shown()), one.disabled() ? "disabled" : line(agents));
        }
    }

    private void print(String name, McpServers.Examination found) {
        for (Tool offered : found.tools()) {
            boolean changed = found.changed().contains(offered);
            print(
                    offered.spec(),
                    changed ? "changed" : offered.spec().approval().wireName());
        }
        found.warnings().forEach(warning -> invocation.streams().notice(line(name) + ": " + line(warning)));
    }

    private void print(ToolSpec spec, String state) {
        if (json) {
            printer()
                    .value(Json.MAPPER
                            .createObjectNode()
                            .put("tool", spec.name())
                            .put("state", state)
                            .put("description", spec.description()));
        } else {
            out().printf("%-40s %-10s %s%n", spec.name(), state, line(spec.description()));
        }
    }

    private JsonPrinter printer() {
        return new JsonPrinter(out(), "");
    }

    private PrintStream out() {
        return invocation.streams().out();
    }

    private static String line(String text) {
        return Printable.line(text, LINE);
    }
}
