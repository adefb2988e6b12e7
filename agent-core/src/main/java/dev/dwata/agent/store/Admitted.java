package dev.dwata.agent.store;

import dev.dwata.types.RunInfo;

/// A run that was taken.
///
/// @param repeated whether it was there before, under the same idempotency key
/// @param ahead    how many runs of the session have to end before it is its turn, in whatever process they are
public record Admitted(RunInfo run, boolean repeated, int ahead) {}
