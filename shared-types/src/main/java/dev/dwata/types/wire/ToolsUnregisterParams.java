package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes tools of this client back.
///
/// @param tools     an array of names, or of objects with a `name`; absent: all that it has in the session
/// @param sessionId absent: the connection's current one
public record ToolsUnregisterParams(
        @Nullable JsonNode tools, @Nullable SessionId sessionId) {}
