package dev.dwata.agent.definition;

import dev.dwata.types.Principal;
import dev.dwata.types.SessionInfo;

/// Writes what a model is told before the conversation. Asked once for each run, so that what the model is
/// shown first stays the same from turn to turn and providers can keep it.
@FunctionalInterface
public interface Prompts {

    /// @param owner whose the session is
    /// @return empty where there is nothing to say
    String write(AgentDefinition agent, Principal owner, SessionInfo session);

    /// The instructions as they are.
    static Prompts plain() {
        return (agent, owner, session) -> agent.instructions();
    }
}
