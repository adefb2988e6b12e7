package dev.dwata.cli;

import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Version;
import dev.dwata.persistence.BackupManifest;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata backup`: a copy of the database, made while it is used.
@Command(
        name = "dwata backup",
        description = {
            "Copies the database of the data folder to FILE, also while dwata is using it.",
            "FILE gets its name when it is whole, checked and on the disk; FILE.json describes it.",
            "Nothing is replaced: a FILE that exists is refused."
        },
        footer = "Exit codes: 0 done, 65 the database is damaged, 66 there is none, 73 FILE cannot be made.",
        sortOptions = false)
final class BackupCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(arity = "1", paramLabel = "FILE", description = "The copy to make.")
    @Nullable
    Path file;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print what FILE.json says, as a line of JSON.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    BackupCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        Path target = access.file(Objects.requireNonNull(file));
        BackupManifest manifest = access.maintain(maintenance -> maintenance.backup(target, Version.text()));
        if (json) {
            new JsonPrinter(invocation.streams().out(), "").value(manifest);
        } else {
            invocation
                    .streams()
                    .out()
                    .println(target + ": " + manifest.counts().sessions() + " sessions, "
                            + manifest.counts().entries() + " entries, " + manifest.bytes() + " bytes, SHA-256 "
                            + manifest.sha256());
            BackupManifest.Attached attached = manifest.attachments();
            if (attached != null && attached.files() + attached.missing() > 0) {
                invocation
                        .streams()
                        .out()
                        .println(target + ".attachments: " + attached.files() + " files, " + attached.bytes()
                                + " bytes; " + attached.missing() + " missing");
            }
        }
        return ExitCode.ANSWERED;
    }
}
