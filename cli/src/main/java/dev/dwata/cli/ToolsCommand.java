package dev.dwata.cli;

import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `dwata tools`: what agents may call in this folder.
@Command(
        name = "dwata tools",
        description = "Lists the tools that agents have in this folder: name, who must agree, what a call does to the"
                + " world, traits, where it comes from. Those of MCP servers: dwata mcp list.",
        sortOptions = false)
final class ToolsCommand implements Callable<Integer> {
    private static final int LINE = 120;

    private final Invocation invocation;

    @Option(names = "--json", description = "Print a line of JSON for each.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    ToolsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /// A line of JSON.
    ///
    /// @param from `built-in`, or `command` for one of `config.json`
    private record Line(
            String name,
            Approval approval,
            Effect effect,
            List<String> traits,
            String from,
            String description,
            JsonNode parameters) {}

    @Override
    public Integer call() throws InterruptedException {
        if (options.gateway != null) {
            throw CommandFailure.usage("dwata tools tells those of runs in this folder; a gateway does not tell its");
        }
        options.local = true;
        RuntimeAccess access = new RuntimeAccess(invocation, options);
        Set<String> commands = Set.copyOf(
                access.settings(access.folder()).commands().path("tools").propertyNames());
        try (Backend backend = access.forLooking()) {
            backend.tools().stream()
                    .sorted(Comparator.comparing(ToolSpec::name))
                    .forEach(tool -> print(tool, commands.contains(tool.name()) ? "command" : "built-in"));
        }
        return ExitCode.ANSWERED;
    }

    private void print(ToolSpec tool, String from) {
        PrintStream out = invocation.streams().out();
        List<String> traits = tool.traits().stream()
                .sorted()
                .map(ToolTrait::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        if (json) {
            new JsonPrinter(out, "")
                    .value(new Line(
                            tool.name(),
                            tool.approval(),
                            tool.effect(),
                            traits,
                            from,
                            tool.description(),
                            tool.parameters()));
        } else {
            out.printf(
                    "%-24s %-8s %-10s %-20s %-9s %s%n",
                    tool.name(),
                    tool.approval().wireName(),
                    tool.effect().wireName(),
                    traits.isEmpty() ? "-" : String.join(",", traits),
                    from,
                    Printable.line(tool.description(), LINE));
        }
    }
}
