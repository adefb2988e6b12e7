package dev.dwata.cli;

import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.persistence.Restored;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata restore`: a backup becomes the database.
@Command(
        name = "dwata restore",
        description = {
            "Makes the backup FILE the database of the data folder, where there is none.",
            "FILE is checked first, against FILE.json, too, where that exists, and stays as it is.",
            "Runs that were not over are not carried on by themselves: they may have gone on elsewhere."
        },
        footer = "Exit codes: 0 done, 65 FILE is damaged, 66 there is no FILE, 73 there is a database, 75 dwata runs.",
        sortOptions = false)
final class RestoreCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "1", paramLabel = "FILE", description = "What 'dwata backup' has made.")
    @Nullable
    Path file;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print what was restored as a line of JSON.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    RestoreCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        Path backup = access.file(Objects.requireNonNull(file));
        Restored restored = access.maintainAlone(maintenance -> maintenance.restore(backup));
        if (json) {
            new JsonPrinter(invocation.streams().out(), "").value(restored);
            return ExitCode.ANSWERED;
        }
        invocation
                .streams()
                .out()
                .println(access.folder().database() + ": " + restored.counts().sessions() + " sessions, "
                        + restored.counts().entries() + " entries");
        if (restored.parked() > 0) {
            invocation
                    .streams()
                    .out()
                    .println(restored.parked() + " runs were not over; 'dwata resume' carries them on, if they did not"
                            + " go on elsewhere");
        }
        if (restored.missingAttachments() > 0) {
            invocation
                    .streams()
                    .out()
                    .println(restored.missingAttachments() + " attachments are not in the backup; 'dwata verify' names"
                            + " them");
        }
        return ExitCode.ANSWERED;
    }
}
