package dev.dwata.agent.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What to look for.
///
/// @param query words, as [SearchWords] reads them; absent: everything
/// @param from  only sessions with a message at or after this; absent: from the first
/// @param to    only sessions with a message before this; absent: to the last
/// @param limit 1 to 200
public record SessionSearch(
        @Nullable String query,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit) {
    public SessionSearch {
        if (limit < 1 || limit > SessionQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to 200, not " + limit);
        }
    }
}
