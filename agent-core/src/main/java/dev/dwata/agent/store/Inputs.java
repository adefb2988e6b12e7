package dev.dwata.agent.store;

import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What runs wait for from outside. Requests are made and resolved by their events in the log
/// ([SessionLog#append]); of two that resolve the same request the second is refused with `AlreadyResolved`.
public interface Inputs {
    Optional<InputRequest> find(InputId id);

    /// Those that are not resolved, of runs that are not over; one whose time is up may be among them.
    ///
    /// @param session only those of this one, and of runs whose root is one of it; absent: all of the owner
    /// @return oldest first, at most 1,000
    List<InputRequest> open(Principal owner, @Nullable SessionId session);
}
