package dev.dwata.gateway.http;

/// Takes new WebSockets.
public interface SocketAcceptor {
    /// Whether one more would be taken now; if not, its upgrade is answered with 503.
    boolean accepts();

    /// Takes a WebSocket that is open. Nothing is read from it before [Socket#demand].
    SocketListener open(Socket socket);
}
