package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;

/// `presence`: who is in a session now, clients in the order in which they came, then the agent.
public record PresencePayload(SessionId sessionId, List<ParticipantView> participants) {}
