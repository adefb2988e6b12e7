package dev.dwata.agent.policy;

import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import tools.jackson.databind.JsonNode;

/// Decides whether a tool call may run. Asked for every call on every path, before anything happens.
@FunctionalInterface
public interface ToolPolicy {

    /// May block while a person is asked; the run's thread waits.
    Decision decide(ToolSpec tool, JsonNode arguments, ToolContext context) throws InterruptedException;

    sealed interface Decision {
        record Allowed() implements Decision {}

        /// @param reason what the model and people are told
        record Denied(String reason) implements Decision {}
    }

    /// Everything may run: for a workspace that was trusted, and for tests.
    static ToolPolicy allowAll() {
        return (tool, arguments, context) -> new Decision.Allowed();
    }

    /// What needs a person's agreement is denied, because nobody can be asked.
    static ToolPolicy unattended() {
        return (tool, arguments, context) -> tool.approval() == Approval.CONFIRM
                ? new Decision.Denied(tool.name() + " needs a person's approval, and nobody can be asked here")
                : new Decision.Allowed();
    }
}
