package dev.dwata.gateway;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.GatewayStartException.Reason;
import dev.dwata.gateway.agui.AgUiDoor;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.gateway.auth.Gatekeeper;
import dev.dwata.gateway.auth.Guesses;
import dev.dwata.gateway.http.Door;
import dev.dwata.gateway.http.Followers;
import dev.dwata.gateway.http.HealthCheck;
import dev.dwata.gateway.http.RestApi;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.gateway.http.Services;
import dev.dwata.gateway.http.WebDoor;
import dev.dwata.gateway.http.WebServer;
import dev.dwata.gateway.items.ItemDoor;
import dev.dwata.gateway.mcp.McpDoor;
import dev.dwata.gateway.metrics.MetricsDoor;
import dev.dwata.gateway.metrics.RequestMeter;
import dev.dwata.gateway.openai.OpenAiDoor;
import dev.dwata.gateway.streams.StreamDoor;
import dev.dwata.gateway.ws.Protocol;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Serves one runtime to many clients of this machine: protocol version 1 at `/ws`, sessions and their events
/// under `/api/v1`, and `/health`.
///
/// The runtime and the store stay their owner's: they must be open while the gateway is, and are not closed by
/// it. A store serves at most one gateway in its life, because it keeps telling it what was committed.
public final class Gateway implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofMillis(1_500);

    private final Listening listening;
    private final Gatekeeper gatekeeper;
    private final LocalRuntime runtime;
    private final Protocol protocol;
    private final Followers followers;
    private final List<Door> doors;
    private final WebServer server;
    private final AtomicBoolean draining;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(
            Listening listening,
            Gatekeeper gatekeeper,
            LocalRuntime runtime,
            Protocol protocol,
            Followers followers,
            List<Door> doors,
            WebServer server,
            AtomicBoolean draining) {
        this.listening = listening;
        this.gatekeeper = gatekeeper;
        this.draining = draining;
        this.runtime = runtime;
        this.protocol = protocol;
        this.followers = followers;
        this.doors = doors;
        this.server = server;
    }

    /// Starts listening.
    ///
    /// @param models those of the runtime
    /// @throws GatewayStartException if it would be open to those it should not be, or cannot listen
    public static Gateway start(GatewayConfig config, LocalRuntime runtime, Store store, Models models) {
        Listening listening = Listening.of(config);
        Gatekeeper gatekeeper = new Gatekeeper(config.callers(), new Guesses());
        long started = System.nanoTime();
        LongSupplier uptime = () -> TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
        Clock clock = Clock.system(ZoneId.systemDefault());
        StatusOperations.Version version = new StatusOperations.Version(config.version(), uptime);
        Protocol protocol =
                new Protocol(new Protocol.Parts(runtime, store, models, gatekeeper, version, clock), config.limits());
        Followers followers = new Followers(runtime, config.http());
        SessionOperations sessions = new SessionOperations(runtime, store, protocol, clock);
        StatusOperations status = new StatusOperations(runtime, store, models, sessions, protocol, version);
        Services services = new Services(
                runtime,
                store,
                models,
                sessions,
                protocol::changed,
                protocol,
                status,
                followers,
                clock,
                config.version());
        RequestMeter requests = new RequestMeter();
        List<Door> doors = doors(services, config, gatekeeper, requests);
        AtomicBoolean draining = new AtomicBoolean();
        try {
            WebServer.Settings settings = listening.settings(config);
            HealthCheck health = health(config, store, uptime, draining);
            WebServer server = WebServer.start(
                    settings,
                    new WebServer.Content(health, doors, protocol, gatekeeper, runtime.redaction(), List.of(requests)));
            return new Gateway(listening, gatekeeper, runtime, protocol, followers, doors, server, draining);
        } catch (RuntimeException e) {
            protocol.close();
            gatekeeper.close();
            throw e;
        } catch (IOException e) {
            protocol.close();
            gatekeeper.close();
            throw new GatewayStartException(
                    Reason.ADDRESS,
                    "%s port %d cannot be listened on: %s".formatted(config.host(), config.port(), e.getMessage()),
                    e);
        }
    }

    /// Every protocol that is spoken over HTTP.
    private static List<Door> doors(
            Services services, GatewayConfig config, Gatekeeper gatekeeper, RequestMeter requests) {
        return List.of(
                new RestApi(services, config.workspace()),
                new MetricsDoor(services, requests),
                new WebDoor(services.store().tokens(), gatekeeper),
                new OpenAiDoor(services),
                new AgUiDoor(services),
                new McpDoor(services, config.mcp()),
                new StreamDoor(services, config.streams()),
                new ItemDoor(services));
    }

    private static HealthCheck health(GatewayConfig config, Store store, LongSupplier uptime, AtomicBoolean draining) {
        return new HealthCheck() {
            @Override
            public void check() {
                if (draining.get()) {
                    throw new AgentException(new AgentError.Draining("the gateway is shutting down"));
                }
                store.check();
            }

            @Override
            public void checkReading() {
                store.runs().find(RunId.create()); // there is none; what counts is that this is known
            }

            @Override
            public String version() {
                return config.version();
            }

            @Override
            public long uptimeSeconds() {
                return uptime.getAsLong();
            }
        };
    }

    public int port() {
        return server.port();
    }

    /// All routes over plain HTTP, but for those of servlets.
    public List<RouteTable.Route> routes() {
        return server.routes();
    }

    /// Whether other machines can reach it.
    public boolean isExposed() {
        return listening.isExposed();
    }

    /// For example `http://127.0.0.1:3336`.
    public URI url() {
        return URI.create(listening.url(port()));
    }

    /// For example `ws://127.0.0.1:3336/ws`.
    public URI webSocketUrl() {
        return URI.create(url().toString().replaceFirst("^http", "ws") + "/ws");
    }

    /// Takes no more connections and no more messages, and lets the runs that are under way come to the end of
    /// their step, while their clients watch. What is not over then goes on when a gateway is started again. To
    /// be followed by [#close].
    ///
    /// @param patience how long to wait for the runs at most
    /// @throws InterruptedException when it is not to be waited for any longer
    public void drain(Duration patience) throws InterruptedException {
        draining.set(true);
        protocol.announceEnd(patience);
        runtime.drain(patience);
    }

    /// Stops listening, closes the clients' connections, and returns within about two seconds. Runs go on: they
    /// are the runtime's. A second call does nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        server.stopListening();
        try {
            doors.forEach(Door::end);
            followers.close(CLOSE.dividedBy(2));
            protocol.end(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
        protocol.close();
        gatekeeper.close();
    }
}
