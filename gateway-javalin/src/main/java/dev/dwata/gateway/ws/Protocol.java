package dev.dwata.gateway.ws;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.api.Audience;
import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.ItemOperations;
import dev.dwata.gateway.api.MemoryOperations;
import dev.dwata.gateway.api.ModelOperations;
import dev.dwata.gateway.api.ProcessOperations;
import dev.dwata.gateway.api.SessionChanges;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.gateway.auth.Gatekeeper;
import dev.dwata.gateway.command.Commands;
import dev.dwata.gateway.http.Socket;
import dev.dwata.gateway.http.SocketAcceptor;
import dev.dwata.gateway.http.SocketListener;
import dev.dwata.types.AgentException;
import dev.dwata.types.Participant;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.DrainingPayload;
import dev.dwata.types.wire.SessionView;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Protocol version 1 for any number of sockets.
public final class Protocol implements SocketAcceptor, Audience, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Protocol.class);

    private static final Duration HANDING_OUT = Duration.ofMillis(500);

    private final Connections connections;
    private final Rooms rooms;
    private final Hub hub;
    private final SessionNotices notices;
    private final ItemNotices itemNotices;
    private final Methods methods;
    private final Handshake handshake;
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledFuture<?> heartbeat;
    private final Clock clock;
    private volatile boolean draining;

    /// What the protocol gives access to.
    public record Parts(
            LocalRuntime runtime,
            Store store,
            Models models,
            Gatekeeper gatekeeper,
            StatusOperations.Version version,
            Clock clock) {}

    public Protocol(Parts parts, WsLimits limits) {
        clock = parts.clock();
        connections = new Connections(limits);
        timer = timer();
        rooms = new Rooms(connections::find, parts.store(), limits, timer);
        ToolHolders holders = new ToolHolders(
                parts.runtime().clientTools(), rooms, parts.store().log()::headSeq);
        hub = new Hub(
                limits,
                parts.gatekeeper(),
                rooms,
                parts.store(),
                parts.runtime().redaction(),
                new KnownClients(),
                holders,
                timer,
                new LongAdder(),
                connections::remove);
        SessionOperations sessions = new SessionOperations(parts.runtime(), parts.store(), this, parts.clock());
        StatusOperations status =
                new StatusOperations(parts.runtime(), parts.store(), parts.models(), sessions, this, parts.version());
        notices = new SessionNotices(sessions, rooms, connections::all);
        itemNotices = new ItemNotices(parts.store(), rooms, connections::all, notices);
        Commands commands = new Commands(
                new Commands.Parts(parts.runtime(), parts.store(), parts.models(), sessions, status, parts.clock()));
        InputOperations inputs = new InputOperations(parts.runtime());
        methods = new Methods(methods(parts, sessions, inputs, status, commands));
        handshake = new Handshake(
                parts.gatekeeper(),
                parts.version().name(),
                methods.names(),
                sessions,
                inputs,
                parts.store().log());
        parts.store().log().listen(rooms);
        parts.store().log().listen(notices);
        parts.store().log().listen(itemNotices);
        parts.store().items().listen(itemNotices::changed);
        long beat = limits.ping().toNanos();
        heartbeat = timer.scheduleAtFixedRate(this::beat, beat, beat, TimeUnit.NANOSECONDS);
    }

    private List<Method<?>> methods(
            Parts parts,
            SessionOperations sessions,
            InputOperations inputs,
            StatusOperations status,
            Commands commands) {
        List<Method<?>> all = new ArrayList<>();
        all.addAll(new AgentMethods(parts.runtime(), parts.store(), new CommandAnswers(commands, notices)).all());
        SessionChanges changes = new SessionChanges(parts.runtime(), parts.store(), parts.models(), sessions);
        all.addAll(new SessionMethods(sessions, changes, inputs, parts.store().log(), notices).all());
        all.addAll(new InputMethods(inputs).all());
        all.addAll(new PresenceMethods(rooms).all());
        all.addAll(new ToolMethods(parts.runtime(), hub.holders()).all());
        all.addAll(new ProcessMethods(new ProcessOperations(parts.runtime())).all());
        all.addAll(new MemoryMethods(
                        new MemoryOperations(parts.runtime(), parts.store().memory()))
                .all());
        all.addAll(new ItemMethods(new ItemOperations(parts.store().items())).all());
        all.addAll(new StatusMethods(status).all());
        all.addAll(new ModelMethods(new ModelOperations(parts.models())).all());
        all.addAll(new AgentsMethods(new AgentOperations(parts.runtime())).all());
        all.addAll(new UsageMethods(new UsageOperations(parts.store().usage(), parts.clock())).all());
        return all;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("gateway-timer").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    private void beat() {
        for (Connection connection : connections.all()) {
            try {
                connection.beat();
            } catch (RuntimeException e) {
                LOG.error("a connection could not be checked", e);
            }
        }
    }

    @Override
    public boolean accepts() {
        return !draining && connections.roomForOne();
    }

    @Override
    public SocketListener open(Socket socket) {
        Connection connection = new Connection(socket, hub);
        boolean taken = accepts();
        connections.add(connection);
        if (taken) {
            Thread.ofVirtual().name(connection.id()).start(new Dialogue(connection, handshake, methods));
            socket.demand();
        } else {
            connection.close(Closing.TRY_AGAIN, draining ? "the gateway is shutting down" : "too many connections");
        }
        return connection;
    }

    @Override
    public int clients(SessionId session) {
        return rooms.followers(session).size();
    }

    @Override
    public List<Participant> participants(SessionId session) {
        return rooms.participants(session);
    }

    @Override
    public Set<SessionId> followed() {
        return rooms.followed();
    }

    /// Tells the clients of a session that was made or changed otherwise than by an entry of its log. Does not
    /// block.
    public void changed(SessionId session) {
        notices.changed(session);
    }

    @Override
    public void deleted(Principal owner, SessionView last) {
        notices.deleted(owner, last);
    }

    @Override
    public long overflows() {
        return hub.overflows().sum();
    }

    @Override
    public int connections() {
        return connections.size();
    }

    @Override
    public int connections(Principal owner) {
        return connections.of(owner);
    }

    /// Takes no more connections, and tells those there are that the gateway is about to go; they stay, and see
    /// how their runs end. A second call tells them again.
    ///
    /// @param within how long they have at most
    public void announceEnd(Duration within) {
        draining = true;
        Outgoing notice = Outgoing.event(
                "gateway.draining", new DrainingPayload(clock.instant().plus(within)));
        for (Connection connection : connections.all()) {
            connection.outbox().send(notice);
        }
    }

    /// Takes no more connections, and closes those there are.
    ///
    /// @param patience how long to wait for the clients to close; then their sockets are dropped
    public void end(Duration patience) throws InterruptedException {
        draining = true;
        awaitHandedOut();
        for (Connection connection : connections.all()) {
            connection.end(Closing.GOING_AWAY, "the gateway is shutting down");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (connections.size() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        connections.all().forEach(Connection::drop);
    }

    private void awaitHandedOut() throws InterruptedException {
        try {
            rooms.awaitHandedOut(HANDING_OUT);
        } catch (AgentException e) {
            LOG.warn("what clients have not seen could not be told: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        heartbeat.cancel(false);
        timer.shutdownNow();
    }
}
