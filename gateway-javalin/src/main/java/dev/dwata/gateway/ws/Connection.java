package dev.dwata.gateway.ws;

import dev.dwata.gateway.auth.Gatekeeper;
import dev.dwata.gateway.http.Socket;
import dev.dwata.gateway.http.SocketListener;
import dev.dwata.types.AgentError;
import dev.dwata.types.Participant;
import dev.dwata.types.PresenceColors;
import dev.dwata.types.SessionId;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One client's connection, from its socket to what it follows.
final class Connection implements SocketListener {
    private final String id = "conn_" + UUID.randomUUID();
    private final long openedAt = System.nanoTime();
    private final Socket socket;
    private final Hub hub;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Following following;
    private final AckedRuns acked = new AckedRuns();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ScheduledFuture<?> connectDeadline;
    private volatile @Nullable ScheduledFuture<?> dropDeadline;
    private volatile Gatekeeper.Stay stay = () -> {};
    private volatile @Nullable Identity identity;
    private volatile List<SessionId> listing = List.of();
    private volatile boolean watchesSessions;
    private volatile boolean watchesItems;
    private volatile long heardAt = System.nanoTime();

    Connection(Socket socket, Hub hub) {
        this.socket = socket;
        this.hub = hub;
        this.outbox = new Outbox(socket, hub.limits(), this::lagged);
        this.inbox = new Inbox(hub.limits(), this::readOn);
        this.following = new Following(this, hub.rooms(), hub.store());
        this.connectDeadline = hub.later(hub.limits().connectWithin(), this::connectIsLate);
    }

    String id() {
        return id;
    }

    /// The bearer token that came with the upgrade, if one did.
    @Nullable
    String upgradeToken() {
        return socket.token();
    }

    /// The other end.
    InetAddress peer() {
        return socket.peer();
    }

    WsLimits limits() {
        return hub.limits();
    }

    Outbox outbox() {
        return outbox;
    }

    Inbox inbox() {
        return inbox;
    }

    Following following() {
        return following;
    }

    AckedRuns acked() {
        return acked;
    }

    /// Absent until the client has connected.
    @Nullable
    Identity identity() {
        return identity;
    }

    long nanosOpen() {
        return System.nanoTime() - openedAt;
    }

    boolean isClosing() {
        return closing.get();
    }

    /// The identity of a client that has connected.
    Identity client() {
        Identity client = identity;
        if (client == null) {
            throw new IllegalStateException("the client has not connected");
        }
        return client;
    }

    /// What its client's tools are known by: the client across its connections, where it has told its id.
    String key() {
        String clientId = client().clientId();
        return clientId == null ? id : clientId;
    }

    /// The connection does not follow a session any more.
    void left(SessionId session) {
        hub.holders().left(this, session);
    }

    /// The client has said who it is.
    ///
    /// @param session that it wants to be in; absent where it named none
    /// @return whether it was here before
    boolean connected(Identity client, boolean batch, @Nullable SessionId session) {
        if (batch) {
            outbox.mergeEvents();
        }
        connectDeadline.cancel(false);
        identity = client;
        stay = hub.gatekeeper().stays(client.caller(), this::tokenEnded);
        if (closing.get()) {
            stay.close();
        }
        if (client.clientId() == null) {
            return false;
        }
        boolean known = hub.clients().contains(visitor(client), session);
        hub.clients().add(visitor(client), null);
        return known;
    }

    /// Two may call themselves the same.
    private static String visitor(Identity client) {
        return client.principal() + " " + client.clientId();
    }

    /// The client follows a session.
    void joined(SessionId session) {
        Identity client = identity;
        if (client != null && client.clientId() != null) {
            hub.clients().add(visitor(client), session);
        }
    }

    boolean isClient(@Nullable String clientId) {
        Identity client = identity;
        return clientId != null && client != null && clientId.equals(client.clientId());
    }

    /// @param state that it shows the others
    Participant.@Nullable Client participant(@Nullable JsonNode state) {
        Identity client = identity;
        if (client == null) {
            return null;
        }
        String color = PresenceColors.CLIENTS.of(client.clientId() == null ? id : client.clientId());
        return new Participant.Client(id, client.clientType(), client.clientName(), client.clientId(), color, state);
    }

    /// The lines of the last list of sessions that its user saw.
    List<SessionId> listing() {
        return listing;
    }

    void listed(List<SessionId> lines) {
        listing = lines;
    }

    /// Whether it is told of changes to sessions that it does not follow: it has listed them.
    boolean watchesSessions() {
        return watchesSessions;
    }

    /// Whether it is told of changes to items that none of its sessions is about: it has listed items.
    boolean watchesItems() {
        return watchesItems;
    }

    void watchItems() {
        watchesItems = true;
    }

    void watchSessions() {
        watchesSessions = true;
    }

    /// Answers a request with an error, without the secrets that may be in it.
    ///
    /// @param id absent where the request was unreadable
    void fail(@Nullable JsonNode id, AgentError error) {
        outbox.send(Outgoing.failure(id, hub.redaction().error(error)));
    }

    /// What may be shown of a text.
    String shown(String text) {
        return hub.redaction().text(text);
    }

    @Override
    public void text(String message) {
        heardAt = System.nanoTime();
        inbox.put(message);
    }

    /// A peer that was not read could not be heard, either.
    private void readOn() {
        heardAt = System.nanoTime();
        socket.demand();
    }

    @Override
    public void binary() {
        fail(null, new AgentError.InvalidRequest("binary messages are not part of the protocol: send text"));
        end(identity == null ? Closing.BAD_FRAME : Closing.NOT_TEXT, "binary message");
    }

    @Override
    public void violated(int code, String reason) {
        end(code, reason);
    }

    @Override
    public void pong() {
        heardAt = System.nanoTime();
    }

    @Override
    public int maxTextBytes() {
        return identity == null ? limits().maxFirstBytes() : limits().maxMessageBytes();
    }

    /// Sends a ping, or ends a connection of which nothing was heard for too long.
    void beat() {
        long silent = System.nanoTime() - heardAt;
        if (silent > limits().idle().toNanos() && !inbox.full()) {
            close(Closing.GOING_AWAY, "nothing heard for " + limits().idle().toSeconds() + " s");
        } else {
            socket.ping();
        }
    }

    private void connectIsLate() {
        if (identity == null && !closing.get()) {
            long seconds = limits().connectWithin().toSeconds();
            fail(null, new AgentError.InvalidRequest("connect was not sent within " + seconds + " s"));
            end(Closing.BAD_FRAME, "connect was not sent in time");
        }
    }

    /// Nothing more goes out, not even what waits.
    private void tokenEnded() {
        close(Closing.NOT_AUTHENTICATED, "the token is not valid any more");
    }

    /// The client takes less than it is sent.
    void lagged() {
        hub.overflows().increment();
        close(Closing.TRY_AGAIN, "too far behind: come back with afterSeq");
    }

    /// Closes after what waits was sent; nothing more is handled.
    void end(int code, String reason) {
        if (stop()) {
            outbox.finish(() -> socket.close(code, reason));
        }
    }

    /// Closes without what waits.
    void close(int code, String reason) {
        if (stop()) {
            outbox.close();
            socket.close(code, reason);
        }
    }

    private boolean stop() {
        if (!closing.compareAndSet(false, true)) {
            return false;
        }
        inbox.abandon();
        dropDeadline = hub.later(limits().closeWithin(), socket::drop);
        hub.soon(following::end);
        return true;
    }

    /// Drops the socket of a client that did not close it.
    void drop() {
        socket.drop();
    }

    @Override
    public void closed() {
        closing.set(true);
        stay.close();
        connectDeadline.cancel(false);
        ScheduledFuture<?> drop = dropDeadline;
        if (drop != null) {
            drop.cancel(false);
        }
        outbox.close();
        inbox.end();
        hub.closed(this);
        hub.soon(following::end);
    }
}
