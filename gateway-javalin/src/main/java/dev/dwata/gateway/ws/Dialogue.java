package dev.dwata.gateway.ws;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handles the messages of one connection, one after the other, on a thread of its own. Before each it waits
/// for room in the outbox: a client that does not read its answers is not given more of them. One that asks
/// faster than it may is answered later, and so not read.
final class Dialogue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);

    private final Connection connection;
    private final Handshake handshake;
    private final Methods methods;
    private final Pace pace;

    Dialogue(Connection connection, Handshake handshake, Methods methods) {
        this.connection = connection;
        this.handshake = handshake;
        this.methods = methods;
        this.pace =
                new Pace(connection.limits().perSecond(), connection.limits().saved(), System::nanoTime);
    }

    @Override
    public void run() {
        try {
            String message = connection.inbox().take();
            while (message != null) {
                TimeUnit.NANOSECONDS.sleep(pace.next());
                connection.outbox().awaitRoom(connection.limits().idle());
                handle(Incoming.read(message));
                message = connection.inbox().take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a connection failed", e);
            connection.close(Closing.INTERNAL, "internal error");
        }
    }

    private void handle(Incoming message) {
        if (connection.identity() == null) {
            handshake.answer(connection, message);
            return;
        }
        switch (message) {
            case Incoming.Request request -> methods.answer(connection, request);
            case Incoming.NoRequest other -> connection.fail(other.id(), other.error());
            case Incoming.Unreadable unreadable -> {
                connection.fail(null, unreadable.error());
                connection.end(Closing.BAD_FRAME, "not JSON");
            }
        }
    }
}
