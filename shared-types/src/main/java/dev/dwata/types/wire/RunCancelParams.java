package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/runs/{id}/cancel`.
///
/// @param reason for people, and kept with the run
public record RunCancelParams(@Nullable String reason) {}
