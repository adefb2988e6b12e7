package dev.dwata.gateway.http;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.gateway.auth.Gatekeeper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/// The one listening port: Javalin for the routes, Jetty's WebSockets at `/ws`, and the [Guard] before both.
///
/// Jetty's WebSockets are used directly because Javalin's read the next message by themselves, which leaves no
/// way to stop a client that asks faster than it is answered.
public final class WebServer implements AutoCloseable {
    private static final long STOP_MILLIS = 5_000;
    private static final int MAX_TCP_CONNECTIONS = 4_096;
    private static final int PLATFORM_THREADS = 16;

    /// So that no message goes out in fragments, which simple clients do not understand. What comes in is read
    /// piece by piece whatever its frames are.
    private static final long MAX_FRAME_BYTES = 1 << 30;

    private static final int HEADER_BYTES = 8 * 1024;

    /// What one server takes for the end of a line and another does not is how requests are smuggled.
    private static final HttpCompliance LINES_END_WITH_CRLF = HttpCompliance.RFC9110.without(
            "DWATA", HttpCompliance.Violation.LF_HEADER_TERMINATION, HttpCompliance.Violation.LF_CHUNK_TERMINATION);

    private static final UriCompliance NOBODY_NAMED = UriCompliance.DEFAULT
            .without("NOBODY", UriCompliance.Violation.USER_INFO)
            .with("DWATA", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    private final Javalin javalin;
    private final ServerSocketChannel channel;
    private final int port;
    private final List<RouteTable.Route> routes;

    private WebServer(Javalin javalin, ServerSocketChannel channel, int port, List<RouteTable.Route> routes) {
        this.javalin = javalin;
        this.routes = routes;
        this.channel = channel;
        this.port = port;
    }

    /// Where to listen.
    ///
    /// @param port     0 for a free one
    /// @param names    what the host is called besides the names of this machine
    /// @param tls      absent: without encryption
    /// @param patience how long a TCP connection may be silent while no request is under way
    /// @param limits   of requests
    /// @param cors     which pages of other origins are let in, and where
    public record Settings(
            InetAddress address,
            int port,
            Set<String> names,
            @Nullable SSLContext tls,
            Duration patience,
            HttpLimits limits,
            Cors cors) {
        private Access access(int actualPort) {
            return new Access(tls == null ? "http" : "https", names, actualPort, cors);
        }
    }

    /// What is served.
    ///
    /// @param listeners are told of the requests, as the access log is
    public record Content(
            HealthCheck health,
            List<Door> doors,
            SocketAcceptor sockets,
            Gatekeeper gatekeeper,
            Redaction redaction,
            List<RequestListener> listeners) {
        public Content {
            listeners = Stream.concat(Stream.of(new AccessLog()), listeners.stream())
                    .toList();
        }
    }

    /// Listens and serves.
    ///
    /// @throws IOException if the address is taken or may not be used
    public static WebServer start(Settings settings, Content content) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        List<RouteTable.Route> routes = new ArrayList<>();
        try {
            channel.bind(new InetSocketAddress(settings.address(), settings.port()));
            int port = channel.socket().getLocalPort();
            Javalin javalin = Javalin.create(config -> {
                quietly(config);
                config.jetty.threadPool = threads();
                SlowHeads heads = new SlowHeads(settings.patience());
                config.jetty.modifyServer(
                        server -> handle(server, settings.access(port), content, new Before(heads, settings.limits())));
                config.jetty.modifyServletContextHandler(context -> {
                    context.getServletHandler().setDecodeAmbiguousURIs(true); // a part of a path may hold a %2F
                    content.doors().forEach(door -> door.servlets(context));
                });
                config.jetty.addConnector((server, http) -> {
                    ServerConnector connector = connector(server, http, channel, settings);
                    connector.addBean(heads);
                    return connector;
                });
                routes.addAll(new Routes(content.health(), content.doors(), content.redaction())
                        .register(config.routes)
                        .all());
            });
            javalin.start();
            return new WebServer(javalin, channel, port, List.copyOf(routes));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public List<RouteTable.Route> routes() {
        return routes;
    }

    /// Takes no more connections; those there are stay.
    public void stopListening() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the listening socket could not be closed", e);
        }
    }

    /// Jetty may wait for a selector that does not answer any more (12.1, seen 2026-11-21), so it is not waited
    /// for without end.
    @Override
    public void close() {
        Thread stopping = Thread.ofPlatform().daemon().name("gateway-stop").start(javalin::stop);
        try {
            stopping.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = 1 << 20;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
        threads.setName("gateway-http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        return threads;
    }

    /// What requests pass besides the guard.
    private record Before(SlowHeads heads, HttpLimits limits) {}

    private static void handle(Server server, Access access, Content content, Before before) {
        WebSocketUpgradeHandler upgrades =
                WebSocketUpgradeHandler.from(server, container -> webSockets(container, content.sockets()));
        Guard guard = new Guard(access, content.gatekeeper());
        Requests requests = new Requests(before.limits());
        requests.setHandler(upgrades);
        guard.setHandler(requests);
        before.heads().setHandler(guard);
        Exchanges exchanges = new Exchanges(content.listeners());
        exchanges.setHandler(before.heads());
        server.setHandler(exchanges);
        server.setRequestLog(exchanges);
        server.setErrorHandler(new ErrorPages());
        server.setStopTimeout(0);
    }

    private static void webSockets(ServerWebSocketContainer container, SocketAcceptor sockets) {
        container.setIdleTimeout(Duration.ZERO);
        container.setMaxFrameSize(MAX_FRAME_BYTES);
        container.addMapping("/ws", new JettySockets(sockets));
    }

    private static ConnectionFactory[] protocols(HttpConfiguration http, @Nullable SSLContext tls) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (tls == null) {
            return new ConnectionFactory[] {plain};
        }
        SslContextFactory.Server encryption = new SslContextFactory.Server();
        encryption.setSslContext(tls);
        http.addCustomizer(new SecureRequestCustomizer(false)); // names are checked by the guard
        return new ConnectionFactory[] {new SslConnectionFactory(encryption, plain.getProtocol()), plain};
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, ServerSocketChannel channel, Settings settings) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setHttpCompliance(LINES_END_WITH_CRLF);
        http.setUriCompliance(NOBODY_NAMED);
        ServerConnector connector = new ServerConnector(server, 1, 1, protocols(http, settings.tls()));
        connector.setIdleTimeout(settings.patience().toMillis());
        connector.addBean(new NetworkConnectionLimit(MAX_TCP_CONNECTIONS, connector));
        try {
            connector.open(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("the listening socket could not be used", e);
        }
        return connector;
    }
}
