package dev.dwata.cli.approval;

import dev.dwata.agent.policy.ToolPolicy.Decision;
import dev.dwata.agent.tool.ToolSpec;
import tools.jackson.databind.JsonNode;

/// Asks a person whether a tool call may happen.
@FunctionalInterface
public interface Approver {
    Decision ask(ToolSpec tool, JsonNode arguments) throws InterruptedException;
}
