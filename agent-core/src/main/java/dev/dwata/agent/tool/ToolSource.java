package dev.dwata.agent.tool;

import dev.dwata.types.SessionId;
import java.util.List;

/// Tools that appear and change while the runtime is up. Asked before every reply of a model, from many
/// threads.
@FunctionalInterface
public interface ToolSource {

    /// What an agent may be offered in a session now. What cannot be had at the moment is left out; it does not
    /// fail, and it takes no longer than it takes to start what it offers for the first time.
    ///
    /// @param agent the name of the agent
    List<Tool> tools(SessionId session, String agent);
}
