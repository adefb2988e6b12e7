package dev.dwata.types.wire;

import dev.dwata.types.SessionStatus;
import org.jspecify.annotations.Nullable;

/// Which sessions to list.
///
/// @param limit   1 to 200, default 10
/// @param offset  how many to leave out, default 0
/// @param query   words that the title or a message must contain
/// @param status  default: all but the archived
/// @param context only sessions with this `contextType`; `itemId` and `projectId` likewise
public record SessionsListParams(
        @Nullable Integer limit,
        @Nullable Integer offset,
        @Nullable String query,
        @Nullable SessionStatus status,
        @Nullable String context,
        @Nullable String itemId,
        @Nullable String projectId) {}
