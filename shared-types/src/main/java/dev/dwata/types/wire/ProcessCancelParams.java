package dev.dwata.types.wire;

import dev.dwata.types.ProcessId;
import org.jspecify.annotations.Nullable;

/// Stops one tool call; its run goes on.
///
/// @param reason for the model; absent: that a person wanted it
public record ProcessCancelParams(
        ProcessId processId, @Nullable String reason) {}
