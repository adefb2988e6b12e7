package dev.dwata.cli;

import dev.dwata.agent.policy.ApprovalMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which sessions, and where runs happen: the same for every command that needs a runtime.
final class RuntimeOptions {
    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "Use the gateway there; it must answer. Also DWATA_GATEWAY_URL.")
    @Nullable
    String gateway;

    @Option(names = "--local", description = "Run in this process, even where a gateway runs.")
    boolean local;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The data folder, instead of DWATA_HOME or the operating system's place.")
    @Nullable
    Path dataDir;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "The folder that tools work in. Default: the current one.")
    @Nullable
    Path workspace;

    @Option(
            names = "--approve",
            paramLabel = "MODE",
            description = "Tools that change things: auto (allowed), ask (at the terminal) or never. "
                    + "Default: policy.approvals of config.json, else ask; without a terminal never. "
                    + "A gateway has its own.")
    @Nullable
    ApprovalMode approve;
}
