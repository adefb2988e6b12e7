package dev.dwata.cli;

import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.types.wire.AgentView;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.FindingView;
import java.io.PrintStream;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata agents`: who may be asked, and what is wrong with the files of those who may not.
@Command(
        name = "dwata agents",
        description = "Lists the agents, or shows one. What is wrong with their files goes to stderr.",
        sortOptions = false,
        footer = {
            "",
            "  list         name, model, where it comes from, description",
            "  show NAME    everything, with its instructions",
            "",
            "An agent is a file agents/NAME.md of the data folder, or .dwata/agents/NAME.md of a workspace that you",
            "trust (dwata config trust)."
        })
final class AgentsCommand implements Callable<Integer> {
    private static final int LINE = 500;

    private final Invocation invocation;

    enum Action {
        LIST,
        SHOW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
    @Nullable
    String name;

    @Option(names = "--json", description = "Print a line of JSON for each.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    AgentsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (action == Action.SHOW && name == null) {
            throw CommandFailure.usage("which agent? dwata agents show NAME; 'dwata agents' lists them");
        }
        if (action == Action.LIST && name != null) {
            throw CommandFailure.usage("list takes no name; dwata agents show " + name);
        }
        try (Backend backend = new RuntimeAccess(invocation, options).forLooking()) {
            AgentsListPayload agents = backend.agents(name);
            agents.agents().forEach(this::print);
            agents.findings().forEach(this::print);
        }
        return ExitCode.ANSWERED;
    }

    private void print(AgentView agent) {
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(agent);
        } else if (action == Action.SHOW) {
            show(agent, out);
        } else {
            out.printf(
                    "%-20s %-32s %-12s %s%n",
                    agent.name(),
                    line(agent.model() == null ? "-" : agent.model()),
                    agent.source(),
                    line(agent.description()));
        }
    }

    private void print(FindingView finding) {
        if (json) {
            new JsonPrinter(invocation.streams().out(), "").value(finding);
        } else {
            String where = finding.line() == null ? "" : ", line " + finding.line();
            invocation.streams().notice(line(finding.file()) + where + ": " + line(finding.message()));
        }
    }

    private static void show(AgentView agent, PrintStream out) {
        field(out, "name", agent.name());
        field(out, "description", agent.description());
        field(out, "model", agent.model() == null ? "the default" : agent.model());
        field(out, "from", agent.file() == null ? "built in" : agent.file());
        field(out, "tools", agent.tools().isEmpty() ? "all" : String.join(", ", agent.tools()));
        StringJoiner approvals = new StringJoiner(", ");
        agent.approvals().forEach((tools, approval) -> approvals.add(tools + " " + approval.wireName()));
        field(out, "approvals", approvals.length() == 0 ? "as the tools say" : approvals.toString());
        field(out, "limits", limits(agent.limits()));
        field(out, "budget", budget(agent.budget()));
        field(out, "skills", agent.skills() == null ? "all" : String.join(", ", agent.skills()));
        out.println();
        out.println(Printable.text(String.valueOf(agent.instructions())));
    }

    private static String limits(AgentView.Limits limits) {
        StringJoiner all = new StringJoiner(", ");
        add(all, "maxTurns", limits.maxTurns());
        add(all, "maxConsecutiveToolFailures", limits.maxConsecutiveToolFailures());
        return all.length() == 0 ? "as for all agents" : all.toString();
    }

    private static String budget(AgentView.Budget budget) {
        StringJoiner all = new StringJoiner(", ");
        add(all, "usd", budget.usd());
        add(all, "tokens", budget.tokens());
        add(all, "toolCalls", budget.toolCalls());
        add(all, "seconds", budget.seconds());
        return all.length() == 0 ? "as for all agents" : all.toString();
    }

    private static void add(StringJoiner all, String name, @Nullable Number value) {
        if (value != null) {
            all.add(name + " " + value);
        }
    }

    private static void field(PrintStream out, String name, String value) {
        out.printf("%-14s %s%n", name, line(value));
    }

    private static String line(String text) {
        return Printable.line(text, LINE);
    }
}
