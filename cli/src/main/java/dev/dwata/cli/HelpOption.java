package dev.dwata.cli;

import picocli.CommandLine.Option;

/// Every command has it.
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this.")
    boolean asked;
}
