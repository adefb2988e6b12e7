package dev.dwata.types.wire;

import dev.dwata.types.AgentIdentity;
import dev.dwata.types.AgentState;
import dev.dwata.types.AgentType;
import dev.dwata.types.ClientType;
import dev.dwata.types.Json;
import dev.dwata.types.Participant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A participant of a session: a connection that follows it, or its agent.
///
/// @param name         for people
/// @param color        as `#rrggbb`
/// @param connectionId of a client, as are `clientType`, `clientName` and `clientId`
/// @param agentId      of an agent, as are `userId` and `type`
/// @param state        of an agent `{status, typing, currentTask?, progress?, error?}`; of a client what it has
///                     given to `presence.update`, absent where that is nothing
public record ParticipantView(
        boolean isAgent,
        String name,
        String color,
        @Nullable String connectionId,
        @Nullable ClientType clientType,
        @Nullable String clientName,
        @Nullable String clientId,
        @Nullable String agentId,
        @Nullable String userId,
        @Nullable AgentType type,
        @Nullable JsonNode state) {

    public static ParticipantView of(Participant participant) {
        return switch (participant) {
            case Participant.Client it ->
                new ParticipantView(
                        false,
                        name(it),
                        it.color(),
                        it.connectionId(),
                        it.clientType(),
                        it.clientName(),
                        it.clientId(),
                        null,
                        null,
                        null,
                        it.state());
            case Participant.Agent it ->
                new ParticipantView(
                        true,
                        it.identity().name(),
                        it.identity().color(),
                        null,
                        null,
                        null,
                        null,
                        it.identity().id(),
                        it.identity().userId(),
                        it.identity().type(),
                        Json.MAPPER.valueToTree(it.state()));
        };
    }

    private static String name(Participant.Client client) {
        if (client.clientName() != null) {
            return client.clientName();
        }
        return client.clientId() == null ? client.clientType().wireName() : client.clientId();
    }

    /// @throws IllegalArgumentException if something is missing
    public Participant participant() {
        if (isAgent) {
            return new Participant.Agent(
                    new AgentIdentity(
                            present("agentId", agentId), present("userId", userId), name, color, present("type", type)),
                    Json.MAPPER.treeToValue(present("state", state), AgentState.class));
        }
        return new Participant.Client(
                present("connectionId", connectionId),
                present("clientType", clientType),
                clientName,
                clientId,
                color,
                state);
    }

    private static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a participant has no " + field);
        }
        return value;
    }
}
