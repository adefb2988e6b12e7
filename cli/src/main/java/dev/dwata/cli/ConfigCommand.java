package dev.dwata.cli;

import dev.dwata.cli.home.EffectiveSettings;
import dev.dwata.cli.home.EffectiveSettings.Setting;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.home.TrustedFolders;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.cli.output.Printable;
import dev.dwata.persistence.DataFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata config …`: what is configured, and which workspaces are trusted.
@Command(
        name = "dwata config",
        description = "Shows what is configured, and keeps the list of workspaces that you trust.",
        sortOptions = false,
        footer = {
            "",
            "  show            each setting and where it comes from; no secrets",
            "  trust [DIR]     read the agents, skills and AGENTS.md of this workspace, and change its files without",
            "                  asking; default: the current folder",
            "  untrust [DIR]   do not read them any more"
        })
final class ConfigCommand implements Callable<Integer> {
    private static final int LINE = 500;

    private final Invocation invocation;

    enum Action {
        SHOW,
        TRUST,
        UNTRUST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.SHOW;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DIR")
    @Nullable
    Path directory;

    @Mixin
    FolderOption where = new FolderOption();

    @Option(names = "--json", description = "Print lines of JSON.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    ConfigCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        FolderAccess access = new FolderAccess(invocation, where.dataDir);
        DataFolder folder = access.folder();
        TrustedFolders trusted = new TrustedFolders(folder.path());
        try {
            switch (action) {
                case SHOW -> show(access, trusted);
                case TRUST -> trust(folder, trusted, access.file(named()));
                case UNTRUST -> untrust(trusted, access.file(named()));
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.CANNOT_CREATE, "the list of trusted folders cannot be used: " + e.getMessage(), e);
        }
        return ExitCode.ANSWERED;
    }

    private Path named() {
        return directory == null ? Path.of("") : directory;
    }

    private void trust(DataFolder folder, TrustedFolders trusted, Path named) throws IOException {
        if (!Files.isDirectory(named)) {
            throw CommandFailure.usage(named + " is not a folder");
        }
        Path real = named.toRealPath();
        Installation.create(folder);
        say(real, trusted.trust(real) ? "is trusted now" : "was trusted before", true);
    }

    /// A folder that is gone can be taken off the list, too.
    private void untrust(TrustedFolders trusted, Path named) throws IOException {
        Path path = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
        say(path, trusted.untrust(path) ? "is not trusted any more" : "was not trusted before", false);
    }

    private void say(Path path, String what, boolean trusted) {
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(Map.of("folder", path.toString(), "trusted", trusted));
        } else {
            out.println(Printable.line(path.toString(), LINE) + " " + what);
        }
    }

    private void show(FolderAccess access, TrustedFolders trusted) throws IOException {
        DataFolder folder = access.folder();
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("dataFolder", folder.path().toString(), folderSource()));
        settings.addAll(EffectiveSettings.of(folder, access.settings(), invocation.environment()));
        for (String path : trusted.all()) {
            settings.add(new Setting(
                    "trusted", path, folder.path().resolve(TrustedFolders.FILE).toString()));
        }
        for (Setting setting : settings) {
            print(setting);
        }
    }

    private void print(Setting setting) {
        PrintStream out = invocation.streams().out();
        if (json) {
            new JsonPrinter(out, "").value(setting);
        } else {
            out.printf(
                    "%-20s %s  (%s)%n",
                    Printable.line(setting.name(), LINE),
                    Printable.line(setting.value(), LINE),
                    Printable.line(setting.source(), LINE));
        }
    }

    private String folderSource() {
        if (where.dataDir != null) {
            return "flag, --data-dir";
        }
        boolean set = !invocation.environment().getOrDefault("DWATA_HOME", "").isBlank();
        return set ? "environment, DWATA_HOME" : "default";
    }
}
