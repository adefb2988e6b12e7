package dev.dwata.gateway.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The sending side of one WebSocket. All methods may be called from any thread, none blocks, and none throws
/// when the peer is gone.
public interface Socket {
    /// The bearer token that the peer sent when it opened the socket; absent where it sent none.
    @Nullable
    String token();

    /// The other end of the connection.
    InetAddress peer();

    /// Sends a text message; the next one may be sent when this one is done.
    ///
    /// @param sent   called once it was handed to the network, possibly before this returns
    /// @param failed called instead if it could not be
    void send(String text, Runnable sent, Runnable failed);

    void ping();

    /// Asks for the next text message. Nothing more is read from the peer until this is called, once for each
    /// message.
    void demand();

    /// Begins the closing handshake; what was sent before goes out first. Messages that still come are dropped.
    ///
    /// @param reason at most 120 ASCII characters
    void close(int code, String reason);

    /// Closes the connection under the protocol, at once.
    void drop();
}
