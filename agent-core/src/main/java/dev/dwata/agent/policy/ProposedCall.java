package dev.dwata.agent.policy;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import tools.jackson.databind.JsonNode;

/// A tool call that somebody has to agree to, or nobody.
///
/// @param arguments a JSON object
/// @param review    what the tool itself knows of it
public record ProposedCall(ToolSpec tool, JsonNode arguments, CallReview review, Origin origin) {

    /// Where a call comes from.
    ///
    /// @param owner   on whose behalf
    /// @param agent   the agent that calls
    /// @param tainted whether what others have written is in the session, or in one that works for it
    public record Origin(Principal owner, SessionId session, RunId run, String agent, boolean tainted) {}
}
