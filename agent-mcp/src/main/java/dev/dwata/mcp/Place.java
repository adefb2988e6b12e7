package dev.dwata.mcp;

import dev.dwata.agent.process.ChildProcess;
import dev.dwata.agent.process.ExitStatus;
import dev.dwata.agent.process.Program;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.tool.Tool;
import dev.dwata.mcp.McpServer.Address;
import dev.dwata.mcp.McpServer.Command;
import dev.dwata.types.SessionId;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// One server in one session: started when it is first needed, again when it is gone.
final class Place implements AutoCloseable {
    private static final int DEEPEST = 2000;
    private static final McpJsonMapper JSON = new JacksonMcpJsonMapper(JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(StdioTransport.LONGEST_LINE)
                            .maxNumberLength(100)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build());
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration LAST_BREATH = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    private final McpServer server;
    private final SessionId session;
    private final Surroundings around;
    private final Pins pins;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Connection connection;
    private volatile Instant used;
    private @Nullable ServerFailure failure;
    private Instant notBefore = Instant.MIN;
    private int failures;
    private boolean closed;

    Place(McpServer server, SessionId session, Surroundings around, Pins pins) {
        this.server = server;
        this.session = session;
        this.around = around;
        this.pins = pins;
        this.used = around.times().clock().instant();
    }

    McpServer server() {
        return server;
    }

    Instant used() {
        return used;
    }

    /// Whether nobody needs it at the moment.
    boolean isIdle() {
        Connection known = connection;
        return known == null || !known.isBusy();
    }

    boolean isChanged(ListedTool tool) throws ServerFailure {
        return !pins.changed(server.name(), List.of(tool)).isEmpty();
    }

    /// What it offers now.
    Offer offer() throws ServerFailure, InterruptedException {
        Listing listing = connection().listing();
        return new Offer(listing, pins.changed(server.name(), listing.tools()));
    }

    /// @param changed those of the tools that are not what they were
    record Offer(Listing listing, List<ListedTool> changed) {
        List<Tool> tools(Supplier<Place> places) {
            List<Tool> tools = new ArrayList<>();
            listing.tools().forEach(tool -> tools.add(new McpTool(places, tool, changed.contains(tool))));
            return tools;
        }
    }

    /// Starts the server where it does not run.
    ///
    /// @throws ServerFailure if it cannot be started now
    Connection connection() throws ServerFailure, InterruptedException {
        turn.lockInterruptibly();
        try {
            used = around.times().clock().instant();
            Connection known = connection;
            if (known != null && known.gone() == null) {
                return known;
            }
            ServerFailure before = failure;
            if (before != null && used.isBefore(notBefore)) {
                throw before;
            }
            if (closed) {
                throw new ServerFailure(Connection.name(server) + " is not started any more: dwata is ending");
            }
            connection = null;
            Connection started = start();
            failures = 0;
            failure = null;
            connection = started;
            return started;
        } catch (ServerFailure e) {
            if (e != failure) {
                notBefore = used.plus(around.times().retry().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS)));
                failures++;
                failure = e;
            }
            throw e;
        } finally {
            turn.unlock();
        }
    }

    /// Ends the server; it is started again when it is needed.
    void end() {
        Connection known = connection;
        if (known != null) {
            known.close();
            connection = null;
        }
    }

    /// Ends the server for good.
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            end();
        } finally {
            turn.unlock();
        }
    }

    private Connection start() throws ServerFailure, InterruptedException {
        Connection.Group group = new Connection.Group(ToolNames.group(server.name(), around.groups()), around.taken());
        Connection.Home home =
                new Connection.Home(around.workspace(), around.times().start());
        try {
            return switch (server.reach()) {
                case Address address -> Connection.open(server, group, home, gone -> HttpTransport.to(address, JSON));
                case Command command -> {
                    ChildProcess child = child(command);
                    yield Connection.open(server, group, home, gone -> over(child, gone));
                }
            };
        } catch (ServerFailure e) {
            throw new ServerFailure(redaction().text(e.said()), e);
        }
    }

    private ChildProcess child(Command command) throws ServerFailure {
        UnaryOperator<String> late =
                Variables.late(session.value(), around.workspace().toString());
        List<String> argv = new ArrayList<>(List.of(command.program()));
        command.args().forEach(argument -> argv.add(late.apply(argument)));
        Map<String, String> env = new HashMap<>(Map.of(Variables.SESSION, session.value()));
        command.env().forEach((name, value) -> env.put(name, late.apply(value)));
        Path folder = command.folder();
        Path cwd = folder == null ? around.workspace() : around.workspace().resolve(late.apply(folder.toString()));
        try {
            return around.processes()
                    .start(new Program(argv, cwd).withEnvironment(env).with(Program.Input.PIPE));
        } catch (IOException e) {
            throw new ServerFailure(Connection.name(server) + " cannot be started: " + e.getMessage(), e);
        }
    }

    private StdioTransport over(ChildProcess child, Consumer<String> gone) {
        Tail tail = Tail.of(server.name(), child.errors());
        StdioTransport.Ends ends = new StdioTransport.Ends(child.output(), child.input());
        return new StdioTransport(server.name(), ends, JSON, why -> {
            String known = why.equals(StdioTransport.ENDED) ? lastWords(child, tail) : why;
            List<Long> left = child.stop();
            if (!left.isEmpty()) {
                LOG.warn("{} could not be ended: processes {}", Connection.name(server), left);
            }
            gone.accept(known);
        });
    }

    private String lastWords(ChildProcess child, Tail tail) {
        String status = exit(child)
                .map(exit -> exit.signal() == null ? " with exit code " + exit.code() : " by " + exit.signal())
                .orElse("");
        String said = redaction().text(tail.text());
        return StdioTransport.ENDED + status + (said.isEmpty() ? "" : "; its last messages: " + said);
    }

    private static Optional<ExitStatus> exit(ChildProcess child) {
        try {
            return child.waitFor(LAST_BREATH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return child.exitStatus();
        }
    }

    private Redaction redaction() {
        return Redaction.of(
                switch (server.reach()) {
                    case Command command -> command.env().values();
                    case Address address -> address.headers().values();
                });
    }
}
