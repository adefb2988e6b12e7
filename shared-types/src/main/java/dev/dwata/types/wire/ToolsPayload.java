package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;

/// What this client offers in a session now.
///
/// @param tools their names
public record ToolsPayload(SessionId sessionId, List<String> tools) {
    public ToolsPayload {
        tools = List.copyOf(tools);
    }
}
