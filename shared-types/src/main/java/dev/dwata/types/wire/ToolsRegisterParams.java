package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Offers the model of a session tools that this client carries out.
///
/// @param sessionId absent: the connection's current one
public record ToolsRegisterParams(
        List<ToolOffer> tools, @Nullable SessionId sessionId) {}
