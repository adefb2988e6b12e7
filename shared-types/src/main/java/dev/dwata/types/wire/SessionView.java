package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import dev.dwata.types.SessionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as clients see it.
///
/// @param clients connections that follow it now
public record SessionView(
        SessionId id,
        String title,
        @Nullable String lastMessage,
        Instant lastActivity,
        Instant createdAt,
        long messageCount,
        SessionStatus status,
        String agentName,
        @Nullable String model,
        @Nullable String contextType,
        @Nullable String itemId,
        @Nullable String projectId,
        int clients,
        long headSeq) {}
