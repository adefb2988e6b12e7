package dev.dwata.types;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Who a session's agent is, for those who see it beside people. The same session and agent have the same
/// identity, wherever and whenever it is asked for.
///
/// @param id     a UUID
/// @param userId what it is called among users: `agent-` and the id
/// @param name   for people
/// @param color  as `#rrggbb`
public record AgentIdentity(String id, String userId, String name, String color, AgentType type) {

    /// @param agentName as the agent is defined under
    public static AgentIdentity of(SessionId session, String agentName, AgentType type) {
        String key = session + "/" + agentName;
        String id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
        String name = agentName.equals("default") ? "AI Assistant" : agentName;
        return new AgentIdentity(id, "agent-" + id, name, PresenceColors.AGENTS.of(key), type);
    }
}
