package dev.dwata.gateway.api;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.ProcessCancelParams;
import dev.dwata.types.wire.ProcessCancelPayload;
import dev.dwata.types.wire.ProcessView;
import dev.dwata.types.wire.ProcessesListPayload;
import org.jspecify.annotations.Nullable;

/// The tool calls that are under way; for one principal at a time.
public record ProcessOperations(LocalRuntime runtime) {
    private static final String REASON = "stopped by the user";

    /// @param session only of this one; absent: all of the principal's
    /// @throws AgentException with `NotFound` if there is no such session
    public ProcessesListPayload list(Principal who, @Nullable SessionId session) {
        return new ProcessesListPayload(
                runtime.as(who).processes(session).stream().map(ProcessView::of).toList());
    }

    /// @throws AgentException with `NotFound` or `Conflict`
    public ProcessCancelPayload cancel(Principal who, ProcessCancelParams params) {
        String reason = params.reason() == null || params.reason().isBlank() ? REASON : params.reason();
        runtime.as(who).stopProcess(params.processId(), reason);
        return new ProcessCancelPayload("Process " + params.processId() + " was told to stop.", params.processId());
    }
}
