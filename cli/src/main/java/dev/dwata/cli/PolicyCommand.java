package dev.dwata.cli;

import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.store.Store;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.home.Settings;
import dev.dwata.cli.home.TrustedFolders;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.cli.policy.PolicyCase;
import dev.dwata.cli.policy.PolicyTrial;
import dev.dwata.persistence.DataFolder;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata policy …`: the rules for tool calls, those of the configuration and those that answers have made.
@Command(
        name = "dwata policy",
        description = "Shows the rules for tool calls, ends one that an answer has made, and tries cases.",
        sortOptions = false,
        footer = {
            "",
            "  list         each rule: its id, what it says, what about, where it comes from",
            "  revoke ID    ends a rule that an answer of 'always' has made",
            "  test FILE    decides the cases of a JSON file and prints those that are not as expected; exit code 1",
            "               if there is one. Nothing is called: see docs/policy.md"
        })
final class PolicyCommand implements Callable<Integer> {
    private static final int LINE = 300;

    private final Invocation invocation;

    enum Action {
        LIST,
        REVOKE,
        TEST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID|FILE")
    @Nullable
    String argument;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print a line of JSON for each rule.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    PolicyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /// A rule as it is printed.
    ///
    /// @param from the file, or `always` for one that an answer has made
    private record Listed(String from, PolicyRule rule) {}

    @Override
    public Integer call() throws InterruptedException {
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        return switch (action) {
            case LIST -> list(access);
            case REVOKE -> revoke(access, argument("which rule? dwata policy revoke ID; 'dwata policy' lists them"));
            case TEST -> test(access, access.file(Path.of(argument("which file? dwata policy test FILE"))));
        };
    }

    private String argument(String otherwise) {
        if (argument == null) {
            throw CommandFailure.usage(otherwise);
        }
        return argument;
    }

    private int list(FolderAccess access) {
        if (argument != null) {
            throw CommandFailure.usage("list takes nothing else");
        }
        PolicySettings settings = access.settings().policy();
        String file = access.folder().config().toString();
        settings.rules().forEach(rule -> print(new Listed(file, rule)));
        List<PolicyRule> learnt;
        try (Store store = Installation.openStore(access.folder())) {
            learnt = store.rules().list(Principal.LOCAL);
        }
        learnt.forEach(rule -> print(new Listed("always", rule)));
        if (!json && settings.rules().isEmpty() && learnt.isEmpty()) {
            invocation.streams().out().println("There are no rules: each tool's own level decides.");
        }
        return ExitCode.ANSWERED;
    }

    private void print(Listed listed) {
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(listed);
            return;
        }
        PolicyRule rule = listed.rule();
        String from = rule.createdAt() == null ? listed.from() : "answered " + Json.format(rule.createdAt());
        out.printf(
                "%-16s %-6s %s  (%s)%n",
                rule.id(), rule.effect().wireName(), Printable.line(about(rule), LINE), Printable.line(from, LINE));
    }

    private static String about(PolicyRule rule) {
        StringJoiner about = new StringJoiner(", ").add(rule.tool());
        add(about, "command", rule.argv() == null ? null : Json.MAPPER.writeValueAsString(rule.argv()));
        add(about, "arguments", rule.arguments() == null ? null : Json.MAPPER.writeValueAsString(rule.arguments()));
        add(about, "folder", rule.folder());
        add(about, "agent", rule.agent());
        add(about, "session", rule.session());
        add(about, "owner", rule.owner());
        return about.toString();
    }

    private static void add(StringJoiner about, String name, @Nullable String value) {
        if (value != null) {
            about.add(name + " " + value);
        }
    }

    private int revoke(FolderAccess access, String id) {
        if (access.settings().policy().rules().stream()
                .anyMatch(rule -> rule.id().equals(id))) {
            throw CommandFailure.usage(
                    "the rule '" + id + "' is one of " + access.folder().config() + ": take it out there");
        }
        try (Store store = Installation.openStore(access.folder())) {
            store.rules().revoke(Principal.LOCAL, id);
        }
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(Json.MAPPER.createObjectNode().put("revoked", id));
        } else {
            out.println(Printable.line(id, LINE) + " is revoked");
        }
        return ExitCode.ANSWERED;
    }

    private int test(FolderAccess access, Path file) throws InterruptedException {
        List<PolicyCase> cases = PolicyCase.read(file);
        DataFolder folder = access.folder();
        Settings settings = access.settings();
        TrustedFolders trusted = new TrustedFolders(folder.path());
        int failures = 0;
        try (Installation installation = Installation.open(new Installation.Parts(
                folder,
                invocation.directory(),
                false,
                invocation.environment(),
                settings,
                settings.model(null),
                settings.policy(),
                null))) {
            PolicyTrial trial = new PolicyTrial(new PolicyTrial.Parts(
                    settings.policy(),
                    installation.store().rules(),
                    installation.runtime().tools(),
                    installation.runtime().agents(),
                    installation.workspace().toString(),
                    path -> trusted.contains(Path.of(path))));
            for (int i = 0; i < cases.size(); i++) {
                failures += print(i + 1, cases.get(i), trial.problem(cases.get(i)));
            }
        }
        invocation
                .streams()
                .out()
                .println((cases.size() == 1 ? "1 case, " : cases.size() + " cases, ") + failures + " not as expected");
        return failures == 0 ? ExitCode.ANSWERED : ExitCode.FAILED;
    }

    private int print(int number, PolicyCase given, @Nullable String problem) {
        if (problem == null) {
            return 0;
        }
        invocation
                .streams()
                .out()
                .println("case " + number + ", " + Printable.line(given.tool(), LINE) + ": "
                        + Printable.line(problem, LINE));
        return 1;
    }
}
