package dev.dwata.agent.definition;

import dev.dwata.types.SessionInfo;

/// Writes what a model is told before the conversation. Asked once for each run, so that what the model is
/// shown first stays the same from turn to turn and providers can keep it.
@FunctionalInterface
public interface Prompts {

    /// @return empty where there is nothing to say
    String write(AgentDefinition agent, SessionInfo session);

    /// The instructions as they are.
    static Prompts plain() {
        return (agent, session) -> agent.instructions();
    }
}
