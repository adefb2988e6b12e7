package dev.dwata.agent.store;

import dev.dwata.types.ItemKind;
import org.jspecify.annotations.Nullable;

/// Which items to list or find.
///
/// @param kind      absent: all
/// @param projectId absent: of all projects and of none
/// @param query     words that are in the title or in texts of the content, as [SearchWords] reads them;
///                  absent: all
/// @param limit     1 to 200
/// @param offset    0 or more
public record ItemQuery(
        @Nullable ItemKind kind,
        @Nullable String projectId,
        @Nullable String query,
        int limit,
        int offset) {
    public static final int MAX_LIMIT = 200;

    public ItemQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to 200, not " + limit);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be 0 or more, not " + offset);
        }
    }

    /// The latest `limit` items.
    public static ItemQuery latest(int limit) {
        return new ItemQuery(null, null, null, limit, 0);
    }
}
