package dev.dwata.mcp;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolSource;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tools of the configured MCP servers. Each session has its own connection to each server, which is made
/// when an agent that may use it is first asked something, and ended when nobody has used it for ten minutes.
///
/// A server that does not work is left out, with a warning, and tried again later.
public final class McpServers implements ToolSource, AutoCloseable {
    static final int MOST_CONNECTIONS = 128;
    private static final long SWEEP_SECONDS = 30;
    private static final Logger LOG = LoggerFactory.getLogger(McpServers.class);

    private final McpSettings settings;
    private final Surroundings around;
    private final Pins pins;
    private final Map<Key, Place> places = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper;
    private final ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();

    public McpServers(McpSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
        this.pins = new Pins(around.pins());
        this.sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("mcp-idle").factory());
        var unused = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    private volatile boolean closed;

    private record Key(SessionId session, String server) {}

    @Override
    public List<Tool> tools(SessionId session, String agent) {
        Map<Place, Future<List<Tool>>> asked = new LinkedHashMap<>();
        for (McpServer server : settings.servers().values()) {
            if (server.isFor(agent)) {
                Place place = place(session, server);
                asked.put(place, starters.submit(() -> place.offer().tools(() -> place(session, server))));
            }
        }
        Map<String, Tool> tools = new LinkedHashMap<>();
        asked.forEach((place, future) -> {
            for (Tool tool : result(place, future)) {
                if (tools.putIfAbsent(tool.spec().name(), tool) != null) {
                    LOG.warn(
                            "{} has a tool '{}', as another server has: it is left out",
                            Connection.name(place.server()),
                            tool.spec().name());
                }
            }
        });
        return List.copyOf(tools.values());
    }

    /// What came of looking at a server.
    ///
    /// @param tools    those it offers
    /// @param changed  those of them that are not what they were, and cannot be called
    /// @param warnings why others are not offered
    public record Examination(List<Tool> tools, List<Tool> changed, List<String> warnings) {
        public Examination {
            tools = List.copyOf(tools);
            changed = List.copyOf(changed);
            warnings = List.copyOf(warnings);
        }
    }

    /// Starts a server and looks at what it offers; tools that were never seen are remembered as they are.
    ///
    /// @throws McpException if the server does not work, with the reason
    public Examination examine(String server) throws InterruptedException {
        Place place = new Place(known(server), SessionId.create(), around, pins);
        try {
            Place.Offer offer = place.offer();
            List<Tool> tools = offer.tools(() -> place);
            List<Tool> changed = tools.stream()
                    .filter(tool -> tool instanceof McpTool one && one.changed())
                    .toList();
            return new Examination(tools, changed, offer.listing().warnings());
        } catch (ServerFailure e) {
            throw new McpException(e.said(), e);
        } finally {
            place.close();
        }
    }

    /// Takes tools of a server for what they are now, after a person has looked at them.
    ///
    /// @param tool what the server calls it, or what it is called here; empty: all
    /// @return those that were approved, as they are now
    /// @throws McpException if the server does not work, or has no such tool
    public List<Tool> approve(String server, String tool) throws InterruptedException {
        Place place = new Place(known(server), SessionId.create(), around, pins);
        try {
            List<ListedTool> chosen = place.connection().listing().tools().stream()
                    .filter(one -> tool.isEmpty()
                            || one.remoteName().equals(tool)
                            || one.spec().name().equals(tool))
                    .toList();
            if (chosen.isEmpty() && !tool.isEmpty()) {
                throw new McpException(Connection.name(place.server()) + " has no tool '" + tool + "'", null);
            }
            pins.approve(server, chosen);
            List<Tool> approved = new ArrayList<>();
            chosen.forEach(one -> approved.add(new McpTool(() -> place, one, false)));
            return approved;
        } catch (ServerFailure e) {
            throw new McpException(e.said(), e);
        } finally {
            place.close();
        }
    }

    /// Ends the servers that nobody has used for long.
    void sweep() {
        Instant before = around.times().clock().instant().minus(around.times().idle());
        places.forEach((key, place) -> {
            if (place.isIdle() && place.used().isBefore(before)) {
                end(key, place);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        sweeper.shutdownNow();
        List<Thread> closing = places.values().stream()
                .map(place -> Thread.ofVirtual().start(place::close))
                .toList();
        boolean interrupted = false;
        for (Thread thread : closing) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        starters.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private McpServer known(String server) {
        McpServer known = settings.servers().get(server);
        if (known == null || known.disabled()) {
            throw new McpException(
                    known == null
                            ? "no MCP server is called '" + server + "'; there are: "
                                    + String.join(", ", settings.servers().keySet())
                            : Connection.name(known) + " is disabled",
                    null);
        }
        return known;
    }

    private Place place(SessionId session, McpServer server) {
        Key key = new Key(session, server.name());
        Place known = places.get(key);
        if (known != null) {
            return known;
        }
        if (places.size() >= MOST_CONNECTIONS) {
            places.entrySet().stream()
                    .filter(entry -> entry.getValue().isIdle())
                    .min(Comparator.comparing(entry -> entry.getValue().used()))
                    .ifPresent(entry -> end(entry.getKey(), entry.getValue()));
        }
        Place place = places.computeIfAbsent(key, wanted -> new Place(server, session, around, pins));
        if (closed) {
            place.close();
        }
        return place;
    }

    private void end(Key key, Place place) {
        places.remove(key);
        place.end();
    }

    private static List<Tool> result(Place place, Future<List<Tool>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof ServerFailure failure ? failure.said() : String.valueOf(e.getCause());
            LOG.warn("the tools of {} are left out: {}", place.server().name(), why);
        }
        return List.of();
    }
}
