package dev.dwata.agent.store;

import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs. They are made by [SessionLog#admit] and ended by the terminal event in the log.
public interface Runs {
    Optional<RunInfo> find(RunId id);

    /// Marks a queued run as running, now.
    void start(RunId id);

    /// The runs of a session, newest first.
    List<RunInfo> list(SessionId session, int limit);

    /// Takes over the runs that are not over and whose process is gone; this process answers for them from now
    /// on.
    ///
    /// @param session only the runs of this one; absent: all
    /// @return oldest first
    List<RunInfo> adopt(@Nullable SessionId session);
}
