package dev.dwata.types.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What to look for.
///
/// @param query      words; the last may be the beginning of one. Absent: only dates count
/// @param dateFilter `today`, `yesterday`, `this_week` or `last_week`, in the time zone of the gateway, weeks
///                   from
/// Monday
/// @param from       instead of a date filter: only sessions with a message at or after this
/// @param to         and before this
/// @param limit      1 to 200, default 10
public record SearchParams(
        @Nullable String query,
        @Nullable String dateFilter,
        @Nullable Integer limit,
        @Nullable Instant from,
        @Nullable Instant to) {}
