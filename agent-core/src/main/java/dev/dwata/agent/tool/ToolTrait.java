package dev.dwata.agent.tool;

/// What the policy must know of a tool besides its effect and its level. Once a session holds what a `FOREIGN`
/// tool returned, tools that send or change something are no longer allowed without a rule that says so.
public enum ToolTrait {
    /// What it returns was written by others: pages of the web, results of servers.
    FOREIGN,
    /// It sends something to where the user's secrets should not be.
    EGRESS,
    /// It changes something that stays: files, memory, things elsewhere.
    WRITE
}
