package dev.dwata.types.wire;

import dev.dwata.types.ProcessId;

/// The call was told to stop.
public record ProcessCancelPayload(String message, ProcessId processId) {}
