package dev.dwata.agent.remote;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.Frame;
import dev.dwata.types.wire.SessionCursorParams;
import dev.dwata.types.wire.SessionIdParams;
import dev.dwata.types.wire.SessionsAttachPayload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Keeps a connection to a gateway. When it is lost new ones are tried, and every follower of a session goes on
/// where it was. When none is made for 20 s the followers are told so, and the next who asks something
/// tries again; a gateway that does not let this client in any more is not tried again.
final class Link implements AutoCloseable {
    private static final Duration ASK_WITHIN = Duration.ofSeconds(30);
    private static final int DOORS = 16;

    private final OkHttpClient http;
    private final GatewayAddress address;
    private final Reconnecting reconnecting;
    private final ConcurrentMap<SessionId, List<SessionFollower>> followers = new ConcurrentHashMap<>();
    private final List<ReentrantLock> doors;
    private final RemoteCommands commands = new RemoteCommands(this);

    private Link(OkHttpClient http, GatewayAddress address, Duration within) {
        this.http = http;
        this.address = address;
        this.reconnecting = new Reconnecting(
                lost -> Connection.open(http, address, within, this::happened, lost), this::resume, this::end);
        this.doors = Stream.generate(ReentrantLock::new).limit(DOORS).toList();
    }

    static Link open(GatewayAddress address, Duration within) throws IOException, InterruptedException {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ZERO)
                .pingInterval(Duration.ofSeconds(20))
                .followRedirects(false)
                .build();
        Link link = new Link(http, address, within);
        try {
            link.reconnecting.begin();
        } catch (IOException | RuntimeException | InterruptedException e) {
            link.close();
            throw e;
        }
        return link;
    }

    /// Asks once, over the present connection or the next one.
    ///
    /// @throws AgentException with what the gateway says
    /// @throws ConnectionLost if the connection is lost before it answers
    JsonNode call(String method, Object params) {
        try {
            return reconnecting.connection(ASK_WITHIN).call(method, params);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(new AgentError.Interrupted("interrupted while waiting for the gateway"), e);
        }
    }

    /// Asks again, over the next connection, as often as one is lost; only for what may be asked twice.
    JsonNode callAgain(String method, Object params) {
        long deadline = System.nanoTime() + ASK_WITHIN.toNanos();
        while (true) {
            try {
                return call(method, params);
            } catch (ConnectionLost e) {
                if (reconnecting.isClosed() || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /// Why nothing comes any more.
    AgentException ended() {
        return reconnecting.why();
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

    void add(SessionFollower follower) {
        followers
                .computeIfAbsent(follower.session(), id -> new CopyOnWriteArrayList<>())
                .add(follower);
    }

    /// One does not follow its session any more. When it was the last the gateway is told.
    void remove(SessionFollower follower) {
        SessionId session = follower.session();
        List<SessionFollower> left = followers.computeIfPresent(session, (id, list) -> {
            list.remove(follower);
            return list.isEmpty() ? null : list;
        });
        if (left == null && reconnecting.isConnected()) {
            detach(session);
        }
    }

    /// Has the entries of a session after a number sent again. There is one replay at a time for all who follow
    /// the session here, so it begins where the first of them needs it; the others know what they have.
    /// Attaching and detaching happen one after the other, so that who has just come is not left out.
    SessionsAttachPayload attach(SessionId session, long afterSeq) {
        ReentrantLock door = door(session);
        door.lock();
        try {
            long from = followers.getOrDefault(session, List.of()).stream()
                    .mapToLong(SessionFollower::position)
                    .reduce(afterSeq, Math::min);
            return Json.MAPPER.treeToValue(
                    callAgain("sessions.attach", new SessionCursorParams(session, from)), SessionsAttachPayload.class);
        } finally {
            door.unlock();
        }
    }

    private void detach(SessionId session) {
        ReentrantLock door = door(session);
        door.lock();
        try {
            if (!followers.containsKey(session) && reconnecting.isConnected()) {
                call("sessions.detach", new SessionIdParams(session));
            }
        } catch (AgentException e) {
            // the connection is gone, and with it what was attached
        } finally {
            door.unlock();
        }
    }

    private ReentrantLock door(SessionId session) {
        return doors.get(Math.floorMod(session.hashCode(), DOORS));
    }

    @Override
    public void close() {
        reconnecting.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private void happened(Frame.Event event) {
        commands.happened(event);
        JsonNode session = event.payload().path("sessionId");
        if (session.isString()) {
            List<SessionFollower> present = followers.get(new SessionId(session.stringValue()));
            if (present != null) {
                present.forEach(follower -> follower.happened(event));
            }
        }
    }

    private void resume() {
        followers.values().forEach(list -> list.forEach(SessionFollower::resume));
    }

    private void end() {
        followers.values().forEach(list -> list.forEach(SessionFollower::end));
    }
}
