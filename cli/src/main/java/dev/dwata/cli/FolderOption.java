package dev.dwata.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Of commands that work on a data folder itself, not through a runtime.
final class FolderOption {
    @Option(names = "--data-dir", paramLabel = "DIR", description = "The data folder, instead of DWATA_HOME.")
    @Nullable
    Path dataDir;
}
