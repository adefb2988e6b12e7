package dev.dwata.agent.store;

import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tool calls that are under way. They come with the call's announcement in the log and go with its result,
/// or with the end of its run.
public interface Processes {

    /// @param session only those of this one; absent: all of the owner
    /// @return oldest first, at most 1,000
    List<ProcessInfo> list(Principal owner, @Nullable SessionId session);

    Optional<ProcessInfo> find(Principal owner, ProcessId id);
}
