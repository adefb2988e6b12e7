package dev.dwata.cli;

import dev.dwata.agent.store.Store;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.persistence.Maintenance;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import java.io.PrintStream;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata explain`: why a tool call was allowed, asked about or denied, and what came of it.
@Command(
        name = "dwata explain",
        description = "Shows what the audit holds of a tool call: what decided, by which rules, who agreed, and what "
                + "came of it. Exit code 65 if the audit is not as it was written.",
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
    private static final int LINE = 300;
    private static final int SHORT = 12;

    private final Invocation invocation;

    @Parameters(
            arity = "1",
            paramLabel = "TOOL_CALL_ID",
            description = "As 'dwata --json' and 'dwata history' have it.")
    String call = "";

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print a line of JSON for each entry, with whole hashes.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    ExplainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        List<AuditEntry> entries;
        try (Store store = Installation.openStore(access.folder())) {
            entries = store.audit().of(Principal.LOCAL, call);
        }
        if (entries.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "the audit holds no tool call '" + call + "'");
        }
        PrintStream out = invocation.streams().out();
        if (json) {
            entries.forEach(new JsonPrinter(out, "")::value);
        } else {
            print(entries, out);
        }
        String problem = access.maintain(Maintenance::auditProblem).orElse(null);
        if (problem != null) {
            throw new CommandFailure(ExitCode.BAD_DATA, problem);
        }
        if (!json) {
            out.println("The audit is as it was written.");
        }
        return ExitCode.ANSWERED;
    }

    private static void print(List<AuditEntry> entries, PrintStream out) {
        RunId run = null;
        for (AuditEntry entry : entries) {
            if (!entry.runId().equals(run)) {
                run = entry.runId();
                out.println(
                        Printable.line(entry.toolName(), LINE) + " in session " + entry.sessionId() + ", run " + run);
            }
            out.printf("  %s  %-9s  %s%n", Json.format(entry.time()), entry.what(), details(entry));
        }
    }

    private static String details(AuditEntry entry) {
        StringJoiner details = new StringJoiner(", ");
        add(details, "rule ", entry.rule());
        add(details, "policy ", shortened(entry.policy()));
        add(details, "digest ", shortened(entry.digest()));
        details.add((isAnswer(entry.what()) ? "by " : "for ") + entry.principal());
        add(details, "took ms ", entry.executionTimeMs() == null ? null : String.valueOf(entry.executionTimeMs()));
        add(details, "", entry.reason());
        return Printable.line(details.toString(), LINE);
    }

    private static boolean isAnswer(String what) {
        return List.of("approve", "edit", "always", "reject").contains(what);
    }

    private static void add(StringJoiner details, String name, @Nullable String value) {
        if (value != null) {
            details.add(name + value);
        }
    }

    private static @Nullable String shortened(@Nullable String hash) {
        return hash == null || hash.length() <= SHORT ? hash : hash.substring(0, SHORT);
    }
}
