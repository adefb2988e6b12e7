package dev.dwata.cli;

import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import dev.dwata.types.wire.UsageRow;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dwata usage`: the tokens that models were given and gave, and what that cost.
@Command(name = "dwata usage", description = "Shows what models were used, and what it cost.", sortOptions = false)
final class UsageCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 366;
    private static final int LABEL = 40;

    private final Invocation invocation;

    @Option(names = "--days", paramLabel = "N", description = "The last N days in UTC, 1 to 366. Default: 7.")
    int days = 7;

    @Option(names = "--by", paramLabel = "WHAT", description = "day, model or session. Default: day.")
    String by = "day";

    @Option(names = "--json", description = "Print one line of JSON.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    UsageCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (days < 1 || days > MOST_DAYS) {
            throw CommandFailure.usage("--days must be 1 to " + MOST_DAYS + ", not " + days);
        }
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        UsageParams params = new UsageParams(today.minusDays(days - 1L).toString(), today.toString(), by);
        try (Backend backend = new RuntimeAccess(invocation, options).forLooking()) {
            UsagePayload usage = backend.usage(params);
            PrintStream out = invocation.streams().out();
            if (json) {
                new JsonPrinter(out, "").value(usage);
            } else {
                print(out, usage);
            }
        }
        return ExitCode.ANSWERED;
    }

    private static void print(PrintStream out, UsagePayload usage) {
        if (usage.rows().isEmpty()) {
            out.println("No model was used from " + usage.from() + " to " + usage.to() + ".");
            return;
        }
        String counted = usage.by().equals("session") ? "runs" : "calls";
        out.printf(
                Locale.ROOT,
                "%-40s %8s %14s %14s %14s %12s%n",
                usage.by(),
                counted,
                "input",
                "cached",
                "output",
                "US$");
        for (UsageRow row : usage.rows()) {
            line(out, Printable.line(row.label(), LABEL), row.calls(), row.usage());
        }
        line(out, "together", usage.calls(), usage.total());
    }

    private static void line(PrintStream out, String label, long calls, TokenUsage usage) {
        String cost = usage.costUsd() == null ? "-" : String.format(Locale.ROOT, "%.4f", usage.costUsd());
        out.printf(
                Locale.ROOT,
                "%-40s %,8d %,14d %,14d %,14d %12s%n",
                label,
                calls,
                usage.inputTokens(),
                usage.cachedTokens(),
                usage.outputTokens(),
                cost);
    }
}
