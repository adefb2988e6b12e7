package dev.dwata.cli;

import dev.dwata.cli.doctor.Examination;
import dev.dwata.cli.doctor.Finding;
import dev.dwata.cli.doctor.Finding.Level;
import dev.dwata.cli.home.Settings;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.persistence.Maintenance;
import dev.dwata.persistence.Recovered;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dwata doctor`: what is wrong, and what to do about it.
@Command(
        name = "dwata doctor",
        description = {
            "Looks at the machine, the data folder, the database, the gateway and the models, and says what to do",
            "about each problem. Changes nothing.",
            "--recover makes a sound database of a damaged one, from everything that can still be read. The damaged",
            "one is kept beside it."
        },
        footer =
                "Exit codes: 0 no problem, 65 the data is damaged, 66 nothing to recover, 75 dwata runs, 78 other problems.",
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private static final int LINE = 300;

    private final Invocation invocation;

    @Option(names = "--recover", description = "Save what can be read of a damaged database; dwata must be stopped.")
    boolean recover;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print lines of JSON.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        return recover ? recover(access) : examine(access);
    }

    private int examine(FolderAccess access) {
        List<Finding> findings = examination(access).findings();
        findings.forEach(this::print);
        boolean damaged = findings.stream()
                .anyMatch(finding -> isProblem(finding) && finding.area().equals("database"));
        if (damaged) {
            return ExitCode.BAD_DATA;
        }
        return findings.stream().anyMatch(DoctorCommand::isProblem) ? ExitCode.CONFIGURATION : ExitCode.ANSWERED;
    }

    private Examination examination(FolderAccess access) {
        try {
            Settings settings = access.settings();
            return new Examination(
                    access.folder(),
                    invocation.environment(),
                    settings.port(null),
                    settings.models(),
                    settings.model(null));
        } catch (CommandFailure e) {
            print(new Finding("settings", Level.PROBLEM, String.valueOf(e.getMessage()), "correct it, or delete it"));
            throw e;
        }
    }

    private static boolean isProblem(Finding finding) {
        return finding.level() == Level.PROBLEM;
    }

    private void print(Finding finding) {
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(finding);
            return;
        }
        out.printf("%-8s %-9s %s%n", finding.level().wireName(), finding.area(), Printable.line(finding.text(), LINE));
        if (finding.advice() != null) {
            out.printf("%-18s → %s%n", "", Printable.line(finding.advice(), LINE));
        }
    }

    private int recover(FolderAccess access) {
        Optional<Recovered> recovered = access.maintainAlone(Maintenance::recover);
        PrintStream out = invocation.streams().out();
        if (recovered.isEmpty()) {
            out.println(json ? "{\"recovered\":false}" : "the database is whole; nothing was done");
            return ExitCode.ANSWERED;
        }
        Recovered done = recovered.get();
        if (json) {
            new JsonPrinter(out, "").value(done);
        } else {
            report(done, access, out);
        }
        return done.verification().isWhole() ? ExitCode.ANSWERED : ExitCode.BAD_DATA;
    }

    private static void report(Recovered done, FolderAccess access, PrintStream out) {
        out.println("recovered from " + done.from() + " to " + access.folder().database());
        if (done.keptAs() != null) {
            out.println("the damaged database is kept as " + done.keptAs());
        }
        done.lost().forEach(loss -> out.println("lost: " + Printable.line(loss, LINE)));
        if (done.lost().isEmpty()) {
            out.println("nothing is known to be lost");
        }
        if (done.parked() > 0) {
            out.println(done.parked() + " runs were not over; 'dwata resume' carries them on");
        }
        VerifyCommand.print(done.verification(), out);
    }
}
