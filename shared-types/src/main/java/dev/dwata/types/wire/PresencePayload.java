package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;

/// `presence`: who follows a session now.
public record PresencePayload(SessionId sessionId, List<ParticipantView> participants) {}
