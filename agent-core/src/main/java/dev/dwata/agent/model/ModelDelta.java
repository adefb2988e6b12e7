package dev.dwata.agent.model;

import dev.dwata.types.AgentError;

/// What a model call tells while it goes on.
public sealed interface ModelDelta {
    /// More of the answer. Never empty.
    record Text(String text) implements ModelDelta {}

    /// More of the thinking before it. Never empty.
    record Reasoning(String text) implements ModelDelta {}

    /// What was said so far of this reply is void; it is said again from its beginning.
    ///
    /// @param reason one sentence for people
    record Restarted(String reason) implements ModelDelta {}

    /// Something went wrong, and the call goes on: it is tried again, or another model is asked.
    ///
    /// @param error says also what comes next
    record Troubled(AgentError error) implements ModelDelta {}
}
