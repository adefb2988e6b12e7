package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Asks how things are.
///
/// @param sessionId absent: only the gateway
public record StatusParams(@Nullable SessionId sessionId) {}
