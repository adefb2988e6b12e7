package dev.dwata.agent.store;

import dev.dwata.types.SessionStatus;
import org.jspecify.annotations.Nullable;

/// Which sessions to list.
///
/// @param limit       1 to 200
/// @param offset      0 or more
/// @param query       words that the title or one message must contain, as in a [SessionSearch]; absent: all
/// @param status      absent: all but the archived
/// @param contextType absent: all
/// @param itemId      absent: all
/// @param projectId   absent: all
public record SessionQuery(
        int limit,
        int offset,
        @Nullable String query,
        @Nullable SessionStatus status,
        @Nullable String contextType,
        @Nullable String itemId,
        @Nullable String projectId) {
    public static final int MAX_LIMIT = 200;

    public SessionQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to 200, not " + limit);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be 0 or more, not " + offset);
        }
    }

    /// Whatever item or project they are about.
    public SessionQuery(
            int limit,
            int offset,
            @Nullable String query,
            @Nullable SessionStatus status,
            @Nullable String contextType) {
        this(limit, offset, query, status, contextType, null, null);
    }

    /// Whatever they are about.
    public SessionQuery(int limit, int offset, @Nullable String query, @Nullable SessionStatus status) {
        this(limit, offset, query, status, null, null, null);
    }

    /// The latest `limit` sessions.
    public static SessionQuery latest(int limit) {
        return new SessionQuery(limit, 0, null, null);
    }
}
