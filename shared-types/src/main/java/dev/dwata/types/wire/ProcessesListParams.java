package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Asks for the tool calls that are under way.
///
/// @param sessionId only of this session; absent: all of the caller's
public record ProcessesListParams(@Nullable SessionId sessionId) {}
