package dev.dwata.agent;

import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A session's events in order, replayed and then live. To be read by one thread.
///
/// Entries come without a gap, whatever the reader's pace. Live events (`seq` 0) are for those who keep up: a
/// reader who
/// falls far behind gets the entries it missed from the log, and not the live events in between.
public interface EventStream extends AutoCloseable {

    /// The latest entry when the stream was opened: what comes up to it is replay.
    long headSeq();

    /// Waits for the next event.
    ///
    /// @param timeout how long to wait; absent: for ever
    /// @return absent when the time is over
    /// @throws AgentException if the stream cannot go on: the runtime was closed, the connection is lost, or
    ///                        the storage
    ///                        does not answer
    @Nullable
    Envelope next(@Nullable Duration timeout) throws InterruptedException;

    @Override
    void close();
}
