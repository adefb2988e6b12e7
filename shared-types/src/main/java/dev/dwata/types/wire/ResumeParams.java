package dev.dwata.types.wire;

import dev.dwata.types.RunId;

/// Has a run carried on that was cut off and waits for that.
public record ResumeParams(RunId runId) {}
