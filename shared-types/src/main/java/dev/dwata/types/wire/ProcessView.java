package dev.dwata.types.wire;

import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tool call that is under way.
///
/// @param status   `executing`, or `awaiting_approval` while somebody is asked something for it
/// @param progress 0 to 1; absent where it is not known
/// @param message  the latest that it has said for people; absent where there is nothing
public record ProcessView(
        ProcessId processId,
        SessionId sessionId,
        RunId runId,
        String toolCallId,
        String toolName,
        ToolCallStatus status,
        Instant startedAt,
        @Nullable Double progress,
        @Nullable String message) {

    public static ProcessView of(RunningTool running) {
        ProcessInfo process = running.process();
        return new ProcessView(
                process.id(),
                process.sessionId(),
                process.runId(),
                process.toolCallId(),
                process.toolName(),
                process.status(),
                process.startedAt(),
                running.progress(),
                running.message());
    }

    public RunningTool running() {
        ProcessInfo process = new ProcessInfo(processId, sessionId, runId, toolCallId, toolName, status, startedAt);
        return new RunningTool(process, progress, message);
    }
}
