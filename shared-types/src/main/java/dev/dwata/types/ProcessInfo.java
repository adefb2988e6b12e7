package dev.dwata.types;

import java.time.Instant;

/// A tool call that is under way.
///
/// @param status    `executing`, or `awaiting_approval` while somebody is asked something for it
/// @param startedAt when it was called
public record ProcessInfo(
        ProcessId id,
        SessionId sessionId,
        RunId runId,
        String toolCallId,
        String toolName,
        ToolCallStatus status,
        Instant startedAt) {}
