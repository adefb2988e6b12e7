package dev.dwata.types.wire;

import dev.dwata.types.RunId;

/// A run goes on when it is its turn; its `run_resumed` event comes then.
public record ResumePayload(String message, RunId runId) {}
