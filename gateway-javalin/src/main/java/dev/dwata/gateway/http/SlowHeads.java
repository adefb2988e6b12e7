package dev.dwata.gateway.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/// Ends connections whose requests take too long to begin: the head of a request that comes byte by byte keeps
/// its connection from being idle, and would keep it for as long as it likes.
final class SlowHeads extends Handler.Wrapper implements Connection.Listener {
    private static final long LOOKS = 4;

    private final Duration within;
    private final Map<Connection, Wait> waiting = new ConcurrentHashMap<>();

    /// A connection of which no request is under way.
    ///
    /// @param bytes what had come before
    /// @param begun when more had come, in nanoseconds; 0 while nothing has
    private record Wait(long bytes, long begun) {}

    SlowHeads(Duration within) {
        this.within = within;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.remove(connection);
        Request.addCompletionListener(request, failure -> awaits(connection));
        return super.handle(request, response, callback);
    }

    @Override
    public void onOpened(Connection connection) {
        awaits(connection);
    }

    private void awaits(Connection connection) {
        if (connection instanceof ConnectionMetaData && connection.getEndPoint().isOpen()) {
            waiting.put(connection, new Wait(connection.getBytesIn(), 0));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        schedule();
    }

    private void schedule() {
        Server server = getServer();
        Scheduler scheduler = server.getScheduler();
        if (scheduler.isRunning()) {
            scheduler.schedule(this::look, within.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long now = System.nanoTime();
        waiting.forEach((connection, wait) -> {
            if (!connection.getEndPoint().isOpen()
                    || !connection.equals(connection.getEndPoint().getConnection())) {
                waiting.remove(connection, wait);
            } else if (wait.begun() == 0 && connection.getBytesIn() > wait.bytes()) {
                waiting.replace(connection, wait, new Wait(wait.bytes(), now));
            } else if (wait.begun() != 0 && now - wait.begun() > within.toNanos()) {
                waiting.remove(connection, wait);
                connection.getEndPoint().close(new TimeoutException("the head of a request came too slowly"));
            }
        });
        schedule();
    }
}
