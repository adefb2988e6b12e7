package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Shows the others in a session something of this connection.
///
/// @param state     an object of at most 4 KiB, in place of the one before; absent: nothing any more
/// @param sessionId one that the connection follows; absent: its current one
public record PresenceUpdateParams(
        @Nullable JsonNode state, @Nullable SessionId sessionId) {}
