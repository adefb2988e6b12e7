package dev.dwata.agent.remote;

import dev.dwata.types.SessionId;
import dev.dwata.types.wire.Frame;

/// Follows one session over a [Link].
interface SessionFollower {
    SessionId session();

    /// Something of the session came, on the socket's thread; does not block.
    void happened(Frame.Event event);

    /// There is a new connection, over which the session is not followed yet. Does not block.
    void resume();

    /// Nothing comes any more.
    void end();
}
