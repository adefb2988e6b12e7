package dev.dwata.agent.remote;

import dev.dwata.types.SessionId;
import dev.dwata.types.wire.Frame;

/// Follows one session over a [Link].
interface SessionFollower {
    SessionId session();

    /// The number of the latest entry that it has; `Long.MAX_VALUE` where it asks for what it misses itself.
    long position();

    /// Something of the session came, on the socket's thread; does not block.
    void happened(Frame.Event event);

    /// There is a new connection, over which the session is not followed yet. Does not block.
    void resume();

    /// Nothing comes any more.
    void end();
}
