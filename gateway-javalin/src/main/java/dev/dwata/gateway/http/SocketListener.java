package dev.dwata.gateway.http;

/// The receiving side of one WebSocket. Called by one thread at a time; must not block.
public interface SocketListener {
    /// A whole text message of at most [#maxTextBytes] came. The next comes after [Socket#demand].
    void text(String message);

    /// A binary message came; its bytes are dropped. The next message comes after [Socket#demand].
    void binary();

    /// The peer broke a limit. Nothing more is read before the listener closes the socket.
    ///
    /// @param code what to close with
    void violated(int code, String reason);

    /// The peer answered a ping.
    void pong();

    /// The connection is over. Called once, and last.
    void closed();

    /// How long a text message may be, in bytes of UTF-8; a longer one is a
    /// violation.
    int maxTextBytes();
}
