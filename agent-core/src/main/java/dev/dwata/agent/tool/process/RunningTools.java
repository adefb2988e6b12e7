package dev.dwata.agent.tool.process;

import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tool calls that are under way, and how long a session keeps who comes next waiting.
public interface RunningTools {

    /// @param session only of this one; absent: all of the owner
    /// @return oldest first
    List<RunningTool> list(Principal owner, @Nullable SessionId session);

    /// @throws AgentException with `NotFound` if it is over, or never was
    RunningTool find(Principal owner, ProcessId id);

    /// Stops one call; its run goes on. Does not wait for it.
    ///
    /// @param reason for the model
    /// @throws AgentException with `NotFound`; `Conflict` if this process of dwata does not carry it out
    void stop(Principal owner, ProcessId id, String reason);

    /// How long a message sent now would wait.
    ///
    /// @throws AgentException with `NotFound` if there is no such session
    Wait waitTime(Principal owner, SessionId session);

    /// An estimate from runs that were measured.
    ///
    /// @param activeRun  absent where nothing runs
    /// @param activeMs   for how long it has run
    /// @param queued     runs that wait for it
    /// @param estimateMs absent where nothing was measured
    /// @param measured   how many runs it rests on, completed ones of the session; where it has none, of others
    /// @param meanMs     how long those took; absent where there are none
    record Wait(
            @Nullable RunId activeRun,
            @Nullable Long activeMs,
            int queued,
            @Nullable Long estimateMs,
            int measured,
            @Nullable Long meanMs) {}
}
