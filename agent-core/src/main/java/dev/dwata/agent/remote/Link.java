package dev.dwata.agent.remote;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Keeps a connection to a gateway. When it is lost a new one is made, a bounded number of times, and every
/// open stream goes on after the last entry it has seen; nobody who follows a session notices.
final class Link implements AutoCloseable {
    private static final int ATTEMPTS = 8;
    private static final long FIRST_WAIT_MILLIS = 100;

    private final OkHttpClient http;
    private final GatewayAddress address;
    private final ConcurrentMap<SessionId, List<RemoteEventStream>> streams = new ConcurrentHashMap<>();
    private final RemoteCommands commands = new RemoteCommands(this);
    private volatile @Nullable Connection connection;
    private volatile boolean closed;

    private Link(OkHttpClient http, GatewayAddress address) {
        this.http = http;
        this.address = address;
    }

    static Link open(GatewayAddress address) throws IOException, InterruptedException {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ZERO)
                .pingInterval(Duration.ofSeconds(20))
                .build();
        Link link = new Link(http, address);
        try {
            link.connection = link.connect();
        } catch (IOException | RuntimeException | InterruptedException e) {
            link.close();
            throw e;
        }
        return link;
    }

    /// Asks over the present connection.
    ///
    /// @throws AgentException with what the gateway says, or `Interrupted` if the connection is lost before it
    ///                        answers
    JsonNode call(String method, Object params) {
        Connection present = connection;
        if (present == null || closed) {
            throw Connection.connectionLost();
        }
        try {
            return present.call(method, params);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(new AgentError.Interrupted("interrupted while waiting for the gateway"), e);
        }
    }

    /// Asks again over the next connection if the present one is lost; only for what may be asked twice.
    JsonNode callAgain(String method, Object params) {
        try {
            return call(method, params);
        } catch (AgentException e) {
            if (!(e.error() instanceof AgentError.Interrupted)
                    || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            awaitConnection();
            return call(method, params);
        }
    }

    /// What this client calls itself.
    @Nullable
    String clientId() {
        return address.clientId();
    }

    Uploads uploads() {
        return new Uploads(http, address);
    }

    RemoteCommands commands() {
        return commands;
    }

    void add(RemoteEventStream stream) {
        streams.computeIfAbsent(stream.session(), id -> new CopyOnWriteArrayList<>())
                .add(stream);
    }

    /// @return whether it was the last of its session
    boolean remove(RemoteEventStream stream) {
        return streams.computeIfPresent(stream.session(), (id, list) -> {
                    list.remove(stream);
                    return list.isEmpty() ? null : list;
                })
                == null;
    }

    @Override
    public void close() {
        closed = true;
        Connection present = connection;
        if (present != null) {
            present.close();
        }
        end();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private Connection connect() throws IOException, InterruptedException {
        return Connection.open(http, address, this::happened, this::lost);
    }

    private void happened(Frame.Event event) {
        commands.happened(event);
        JsonNode session = event.payload().path("sessionId");
        if (session.isString()) {
            List<RemoteEventStream> present = streams.get(new SessionId(session.stringValue()));
            if (present != null) {
                present.forEach(stream -> stream.happened(event));
            }
        }
    }

    private void lost() {
        if (!closed) {
            Thread.ofVirtual().name("dwata-reconnect").start(this::reconnect);
        }
    }

    private void reconnect() {
        long wait = FIRST_WAIT_MILLIS;
        for (int attempt = 1; attempt <= ATTEMPTS && !closed; attempt++) {
            try {
                TimeUnit.MILLISECONDS.sleep(wait);
                Connection made = connect();
                synchronized (this) {
                    connection = made;
                    notifyAll();
                }
                streams.values().forEach(list -> list.forEach(RemoteEventStream::resume));
                return;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | AgentException e) {
                wait = Math.min(wait * 2, 5_000);
            }
        }
        close();
    }

    private synchronized void awaitConnection() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try {
            while (!closed && connection != null && connection.isLost()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        notifyAll();
        streams.values().forEach(list -> list.forEach(RemoteEventStream::end));
    }
}
