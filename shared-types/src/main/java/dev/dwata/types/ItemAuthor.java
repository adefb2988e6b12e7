package dev.dwata.types;

import org.jspecify.annotations.Nullable;

/// Who changed an item: a client, or an agent in a run.
///
/// @param clientType   of the client; absent for an agent
/// @param clientId     what the client calls itself across connections; absent where it told none
/// @param connectionId of the client; only kept for telling it its own changes from those of others
/// @param agentName    of the agent; absent for a client
/// @param sessionId    where the agent's run is
public record ItemAuthor(
        Principal principal,
        @Nullable ClientType clientType,
        @Nullable String clientId,
        @Nullable String connectionId,
        @Nullable String agentName,
        @Nullable SessionId sessionId,
        @Nullable RunId runId) {

    public static ItemAuthor client(
            Principal principal, ClientType type, @Nullable String clientId, @Nullable String connectionId) {
        return new ItemAuthor(principal, type, clientId, connectionId, null, null, null);
    }

    public static ItemAuthor agent(Principal principal, @Nullable String agentName, SessionId session, RunId run) {
        return new ItemAuthor(principal, null, null, null, agentName, session, run);
    }

    /// The same as others are told it.
    public ItemAuthor withoutConnection() {
        return new ItemAuthor(principal, clientType, clientId, null, agentName, sessionId, runId);
    }
}
