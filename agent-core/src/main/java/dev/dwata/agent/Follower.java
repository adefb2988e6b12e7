package dev.dwata.agent;

import dev.dwata.types.Envelope;
import java.util.List;

/// Hears what happens in one session, as it is committed.
interface Follower {
    /// Called on the thread that commits, so it must not block.
    ///
    /// @param batch events of one session, in order
    void happened(List<Envelope> batch);

    /// Another process may have appended to the session. Called on the same thread under the same rule.
    void happenedElsewhere();
}
