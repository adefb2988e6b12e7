package dev.dwata.types.wire;

import dev.dwata.types.ClientType;
import org.jspecify.annotations.Nullable;

/// A connection that follows a session.
public record ParticipantView(
        String connectionId,
        ClientType clientType,
        @Nullable String clientName,
        @Nullable String clientId) {}
