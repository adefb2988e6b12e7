package dev.dwata.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/// Lets the TCP connection of one request be silent for longer than others: Jetty ends one that is idle also
/// while its request is being answered (12.1, tried 2026-11-21). A write that the peer does not take counts as
/// silence, too.
///
/// @param before what is given back
public record Patience(EndPoint connection, long before) implements AutoCloseable {

    /// For the rest of its connection's life: its client comes again and again.
    public static void grant(HttpServletRequest request, Duration silence) {
        connection(request).setIdleTimeout(silence.toMillis());
    }

    private static EndPoint connection(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    public static Patience with(HttpServletRequest request, Duration silence) {
        EndPoint connection = connection(request);
        Patience patience = new Patience(connection, connection.getIdleTimeout());
        connection.setIdleTimeout(silence.toMillis());
        return patience;
    }

    /// The same for as long as the connection is there.
    public static void lasting(HttpServletRequest request, Duration silence) {
        with(request, silence);
    }

    /// Whether the peer has closed the connection. To be asked while its request, whose body was read to the
    /// end, is being answered: there is nothing else that it could send then.
    public boolean peerHasGone() {
        try {
            return !connection.isOpen() || connection.fill(BufferUtil.allocate(1)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        connection.setIdleTimeout(before);
    }
}
