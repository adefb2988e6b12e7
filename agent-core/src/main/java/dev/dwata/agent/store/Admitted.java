package dev.dwata.agent.store;

import dev.dwata.types.RunInfo;

/// A run that was taken.
///
/// @param repeated whether it was there before, under the same idempotency key
public record Admitted(RunInfo run, boolean repeated) {}
