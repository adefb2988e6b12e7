package dev.dwata.types;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Somebody who is in a session now.
public sealed interface Participant {

    /// A connection to the gateway that follows the session.
    ///
    /// @param clientName for people
    /// @param clientId   what the client calls itself across connections
    /// @param color      as `#rrggbb`
    /// @param state      what it shows the others of itself, an object: a cursor, a selection, whether somebody
    ///                   types; absent where it shows nothing
    record Client(
            String connectionId,
            ClientType clientType,
            @Nullable String clientName,
            @Nullable String clientId,
            String color,
            @Nullable JsonNode state)
            implements Participant {}

    /// The session's agent.
    record Agent(AgentIdentity identity, AgentState state) implements Participant {}
}
