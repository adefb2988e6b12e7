package dev.dwata.types.wire;

import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Asks for what runs wait for.
///
/// @param sessionId only of this session and those that work for it; absent: all of the caller's
public record InputListParams(@Nullable SessionId sessionId) {}
