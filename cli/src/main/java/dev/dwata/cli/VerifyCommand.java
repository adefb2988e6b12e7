package dev.dwata.cli;

import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.persistence.Verification;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata verify`: whether the data keeps what dwata promises.
@Command(
        name = "dwata verify",
        description = {
            "Looks for faults in the database of the data folder, or in the backup FILE. Changes nothing,",
            "and may be used while dwata is using the database.",
            "Pages and references are checked; each log must go from 1 to its end without a gap, each run that is",
            "over must have one last event, and messages and tool calls must be those of the log."
        },
        footer = "Exit codes: 0 no fault, 65 faults, 66 there is no database.",
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
    private static final int LINE = 300;

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A backup. Default: the database in use.")
    @Nullable
    Path file;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print the report as a line of JSON.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    VerifyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        Verification found = access.maintain(
                maintenance -> file == null ? maintenance.verify() : maintenance.verify(access.file(file)));
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(found);
        } else {
            print(found, out);
        }
        return found.isWhole() ? ExitCode.ANSWERED : ExitCode.BAD_DATA;
    }

    /// The counts, then a line for each problem.
    static void print(Verification found, PrintStream out) {
        out.println("schema " + found.schema() + ", " + found.counts().sessions() + " sessions, "
                + found.counts().runs() + " runs of which " + found.openRuns() + " are not over, "
                + found.counts().entries() + " entries, " + found.counts().messages() + " messages");
        found.problems().forEach(problem -> out.println("problem: " + Printable.line(problem, LINE)));
        if (found.more() > 0) {
            out.println("and " + found.more() + " problems more");
        }
        out.println(found.isWhole() ? "no faults" : "faulty; 'dwata doctor --recover' saves what is sound");
    }
}
