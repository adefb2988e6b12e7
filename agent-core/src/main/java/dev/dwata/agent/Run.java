package dev.dwata.agent;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.Iterator;

/// One input on its way to one answer.
///
/// Iterating gives the run's events from its message to its [AgentEvent.Terminal], which is the last; `hasNext`
/// waits.
/// There is one iteration per object. A thread that is interrupted while it waits gets an [AgentException],
/// with its
/// interrupt flag set.
public interface Run extends Iterable<AgentEvent>, AutoCloseable {
    RunId id();

    SessionId sessionId();

    /// How many runs were before it when it was taken, itself included: 1 is next; 0 if it could start at once.
    int position();

    /// The entry of the session's log that holds the message it answers.
    long seq();

    @Override
    Iterator<AgentEvent> iterator();

    /// Waits for the end, passing over what comes before. Counts as the one iteration.
    default AgentEvent.Terminal await() {
        for (AgentEvent event : this) {
            if (event instanceof AgentEvent.Terminal end) {
                return end;
            }
        }
        throw new IllegalStateException("the events of " + id() + " ended without a terminal event");
    }

    /// Stops the run, queued or active.
    ///
    /// @throws AgentException with `Conflict` if it is over
    void cancel(String reason);

    /// Detaches. The run goes on.
    @Override
    void close();
}
