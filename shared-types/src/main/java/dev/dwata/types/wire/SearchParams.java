package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// What to look for.
///
/// @param query      words; the last may be the beginning of one. Absent: only dates count
/// @param dateFilter `today`, `yesterday`, `this_week` or `last_week`, in the time zone of the gateway, weeks from
/// Monday
/// @param limit      1 to 200, default 10
public record SearchParams(
        @Nullable String query,
        @Nullable String dateFilter,
        @Nullable Integer limit) {}
