package dev.dwata.types.wire;

import dev.dwata.types.MessageId;
import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// Which messages to show.
///
/// @param sessionId absent: the current session of the connection
/// @param limit     1 to 200, default 20
/// @param before    only messages older than this one
public record HistoryParams(
        @Nullable SessionId sessionId,
        @Nullable Integer limit,
        @Nullable MessageId before) {}
