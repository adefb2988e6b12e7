package dev.dwata.cli.approval;

import java.util.Locale;

/// How tool calls that need a person's agreement are decided.
public enum ApprovalMode {
    /// Allowed.
    AUTO,
    /// A person at the terminal is asked.
    ASK,
    /// Denied.
    NEVER;

    /// As it is written on a command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
