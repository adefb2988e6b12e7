package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Runs. They are made by [SessionLog#admit] and ended by the terminal event in the log.
public interface Runs {
    Optional<RunInfo> find(RunId id);

    /// The JSON Schema that the run's answer is to follow, as it was admitted.
    ///
    /// @return absent where it may be of any form, and where there is no such run
    Optional<JsonNode> outputSchema(RunId id);

    /// Gives this process the right to carry a run out, if it is the run's turn, and marks it as running; as
    /// waiting, if one of its input requests is open. It is its turn when every run of the session that was
    /// admitted before is over or parked, and no other one is
    /// being carried out, by whichever process.
    ///
    /// @return absent while it is not its turn
    /// @throws AgentException with `Conflict` if it is over; [ClaimLostException] if it is another process's
    Optional<Claim> start(RunId id);

    /// The runs of a session, newest first.
    List<RunInfo> list(SessionId session, int limit);

    /// Takes over the runs that are not over, nor parked, and whose process is gone or has stood still for the
    /// length of a lease; this process answers for them from now on. Whether another stands still shows only
    /// between calls, so who waits for that calls again.
    ///
    /// @param session only the runs of this one; absent: all
    /// @return oldest first
    List<RunInfo> adopt(@Nullable SessionId session);

    /// Puts a run of this process aside that was cut off: it stays as it is until somebody asks for it, and
    /// later runs of the session do not wait for it.
    void park(RunId id);

    /// Takes a parked run back, whichever process parked it: it waits for its turn again, as this process's.
    ///
    /// @return absent if it is not parked
    Optional<RunInfo> unpark(RunId id);
}
