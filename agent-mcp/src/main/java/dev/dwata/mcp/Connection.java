package dev.dwata.mcp;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Json;
import io.modelcontextprotocol.spec.McpClientSession.NotificationHandler;
import io.modelcontextprotocol.spec.McpClientSession.RequestHandler;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server that was greeted, for one session of dwata.
final class Connection implements AutoCloseable {
    private static final int MOST_PAGES = 40;
    private static final Duration LISTING = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final McpServer server;
    private final String who;
    private final Group group;
    private final Dialogue dialogue;
    private final ConcurrentSkipListMap<Long, RemoteCall> calls = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean hasTools;
    private volatile boolean stale = true;
    private volatile @Nullable String gone;
    private @Nullable Listing listing;

    private Connection(McpServer server, Group group, Path workspace, McpClientTransport transport) {
        this.server = server;
        this.who = name(server);
        this.group = group;
        Map<String, RequestHandler<?>> requests = Map.of(
                "ping", params -> Mono.just(Json.MAPPER.createObjectNode()),
                "roots/list", params -> Mono.just(roots(workspace)),
                "elicitation/create",
                        params -> Mono.fromFuture(elicit(tree(params))).map(answer -> answer),
                "sampling/createMessage", params -> Mono.error(refused()));
        Map<String, NotificationHandler> notifications = new TreeMap<>();
        notifications.put("notifications/tools/list_changed", params -> Mono.fromRunnable(() -> stale = true));
        notifications.put("notifications/progress", params -> Mono.fromRunnable(() -> progressed(tree(params))));
        notifications.put("notifications/message", params -> Mono.fromRunnable(() -> logged(tree(params))));
        for (String known : new String[] {
            "cancelled", "resources/list_changed", "resources/updated", "prompts/list_changed", "elicitation/complete"
        }) {
            notifications.put("notifications/" + known, params -> Mono.empty());
        }
        this.dialogue = new Dialogue(who, transport, requests, notifications);
    }

    /// What the names of the tools begin with.
    ///
    /// @param taken names that are others'
    record Group(String name, Set<String> taken) {
        Group {
            taken = Set.copyOf(taken);
        }
    }

    static String name(McpServer server) {
        return "MCP server '" + server.name() + "'";
    }

    /// What makes a transport.
    @FunctionalInterface
    interface Transports {
        /// @param gone to be told when nothing comes any more, and why
        McpClientTransport make(Consumer<String> gone);
    }

    /// Greets a server.
    ///
    /// @throws ServerFailure if it does not answer as it should; then nothing is left open
    static Connection open(McpServer server, Group group, Home home, Transports transports)
            throws ServerFailure, InterruptedException {
        CompletableFuture<Connection> made = new CompletableFuture<>();
        McpClientTransport transport = transports.make(why -> made.join().gone(why));
        Connection connection = new Connection(server, group, home.workspace(), transport);
        made.complete(connection);
        try {
            connection.greet(home.patience());
            return connection;
        } catch (ServerFailure e) {
            String why = connection.gone;
            connection.close();
            throw why == null ? e : new ServerFailure(name(server) + ": " + why, e);
        } catch (InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// @param patience how long greeting may take
    record Home(Path workspace, Duration patience) {}

    private void greet(Duration patience) throws ServerFailure, InterruptedException {
        ObjectNode params = Json.MAPPER.createObjectNode().put("protocolVersion", Versions.WANTED);
        ObjectNode capabilities = params.putObject("capabilities");
        capabilities.putObject("roots").put("listChanged", false);
        capabilities.putObject("elicitation").putObject("form").put("applyDefaults", true);
        params.putObject("clientInfo").put("name", "dwata").put("version", "0.1");
        JsonNode answer = dialogue.request("initialize", params, patience);
        String version = answer.path("protocolVersion").asString("");
        if (!Versions.SPOKEN.contains(version)) {
            throw new ServerFailure(who + " speaks revision '" + Cut.toBytes(version, 40) + "' of MCP; known are "
                    + String.join(", ", Versions.SPOKEN));
        }
        dialogue.speak(version);
        hasTools = answer.path("capabilities").path("tools").isObject();
        dialogue.tell("notifications/initialized", Json.MAPPER.createObjectNode());
    }

    /// Why nothing can be asked of it any more; absent while that is possible.
    @Nullable
    String gone() {
        return gone;
    }

    void gone(String why) {
        if (gone == null) {
            gone = why;
            dialogue.close();
        }
    }

    boolean isBusy() {
        return !calls.isEmpty();
    }

    /// Its tools as they are now; asks the server where it has said that they changed.
    synchronized Listing listing() throws ServerFailure, InterruptedException {
        Listing known = listing;
        if (known != null && !stale) {
            return known;
        }
        stale = false;
        try {
            known = Listing.of(hasTools ? list() : List.of(), group.name(), server.least(), group.taken());
        } catch (ServerFailure | InterruptedException e) {
            stale = true;
            throw e;
        }
        listing = known;
        known.warnings().forEach(warning -> LOG.warn("{}: {}", who, warning));
        return known;
    }

    private List<JsonNode> list() throws ServerFailure, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        ObjectNode params = Json.MAPPER.createObjectNode();
        for (int page = 0; page < MOST_PAGES && all.size() <= Listing.MOST; page++) {
            JsonNode answer = dialogue.request("tools/list", params, LISTING);
            answer.path("tools").forEach(all::add);
            JsonNode cursor = answer.path("nextCursor");
            if (!cursor.isString() || cursor.stringValue().isEmpty()) {
                return all;
            }
            params = Json.MAPPER.createObjectNode().put("cursor", cursor.stringValue());
        }
        return all;
    }

    /// @throws ServerFailure if it does not answer
    ToolOutcome call(String tool, JsonNode arguments, ToolContext context) throws ServerFailure, InterruptedException {
        long number = numbers.incrementAndGet();
        String token = Long.toString(number);
        RemoteCall call = new RemoteCall(who, context, server.patience());
        ObjectNode params = Json.MAPPER.createObjectNode().put("name", tool);
        params.set("arguments", arguments);
        params.putObject("_meta").put("progressToken", token);
        calls.put(number, call);
        try {
            return call.await(dialogue.ask("tools/call", params));
        } catch (InterruptedException e) {
            dialogue.cancel(token, "the run was cancelled");
            throw e;
        } catch (ServerFailure e) {
            String why = gone;
            if (why == null) {
                dialogue.cancel(token, "it took too long");
                throw e;
            }
            throw new ServerFailure(who + ": " + why + "; whether the call did anything is not known", e);
        } finally {
            calls.remove(number);
            dialogue.forget(token);
        }
    }

    @Override
    public void close() {
        gone("it was closed");
    }

    private void progressed(JsonNode params) {
        String token = params.path("progressToken").asString("");
        RemoteCall call = token.matches("\\d{1,18}") ? calls.get(Long.parseLong(token)) : null;
        if (call != null) {
            double total = params.path("total").asDouble(0);
            double share = total > 0 ? params.path("progress").asDouble(0) / total : -1;
            String message = params.path("message").asString("");
            call.progressed(
                    share >= 0 && share <= 1 ? share : null,
                    message.isBlank() ? null : Cut.toBytes(CleanText.of(message), 500));
        }
    }

    /// Where several calls are under way, the last one asks: the server does not say which one wants to know.
    private CompletableFuture<JsonNode> elicit(JsonNode params) {
        Map.Entry<Long, RemoteCall> last = calls.lastEntry();
        return last == null
                ? CompletableFuture.completedFuture(RemoteCall.Elicitation.declined())
                : last.getValue().asked(params);
    }

    private void logged(JsonNode params) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} says: {}",
                    who,
                    Cut.toBytes(CleanText.of(params.path("data").toString()), 1000));
        }
    }

    private static JsonNode roots(Path workspace) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.putArray("roots")
                .addObject()
                .put("uri", workspace.toUri().toString())
                .put("name", "workspace");
        return answer;
    }

    private static McpError refused() {
        return McpError.builder(ErrorCodes.METHOD_NOT_FOUND)
                .message("dwata lends its model to nobody")
                .build();
    }

    private static JsonNode tree(Object params) {
        return Json.MAPPER.valueToTree(params);
    }
}
