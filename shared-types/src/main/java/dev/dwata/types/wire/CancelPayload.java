package dev.dwata.types.wire;

import dev.dwata.types.RunId;

/// A run was told to stop; its `cancelled` event comes when it has.
public record CancelPayload(String message, RunId runId) {}
