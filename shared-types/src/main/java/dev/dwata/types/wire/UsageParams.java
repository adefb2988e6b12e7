package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// What use is asked for.
///
/// @param from the first day, as `2026-11-21`, in UTC; absent: six days before `to`
/// @param to   the last day; absent: today
/// @param by   `day`, `model` or `session`; absent: `day`
public record UsageParams(
        @Nullable String from,
        @Nullable String to,
        @Nullable String by) {}
