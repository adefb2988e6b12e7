package dev.dwata.agent.policy;

import java.util.Locale;

/// What becomes of the calls that a person would have to agree to only because their tool says so. It loosens
/// no rule, no doubt of a tool, and nothing that was asked because of what others have written.
public enum ApprovalMode {
    /// They are allowed.
    AUTO,
    /// A person is asked.
    ASK,
    /// They are denied, and so is all else that would be asked.
    NEVER;

    /// As it is written on a command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
