package dev.dwata.gateway.mcp;

import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Door;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/// The Model Context Protocol at `/mcp`, over streamable HTTP, as the official SDK speaks it. Host and origin
/// were looked at before it is reached, by the guard of all routes.
public final class McpDoor implements Door {
    private static final String PATH = "/mcp";
    private static final String SESSION = "dwata://session/";

    /// How long a person is waited for who is asked through a client.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String ABOUT = """
            Agents of dwata, and their sessions. ask_agent gives one a task and waits for its answer; with the session_id \
            of the result the conversation goes on. Some of what agents do needs a person's approval: then a call takes \
            until somebody has answered.""";

    private final Services parts;
    private final HttpServletStreamableServerTransportProvider transport;
    private final McpSyncServer server;
    private final McpRequests requests;

    public McpDoor(Services parts, McpOffer offer) {
        this.parts = parts;
        Owners owners = new Owners();
        CallsUnderWay calls = new CallsUnderWay();
        this.requests = new McpRequests(owners, calls);
        this.transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(new McpJson())
                .mcpEndpoint(PATH)
                .contextExtractor(McpDoor::context)
                .build();
        McpServer.SyncSpecification<?> specification = McpServer.sync(transport)
                .serverInfo("dwata", parts.version())
                .instructions(ABOUT)
                .requestTimeout(PATIENCE)
                .immediateExecution(true) // each request has a thread of its own, which may block
                .capabilities(ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, false)
                        .build())
                .tools(new SessionTools(parts, calls)
                        .all().stream()
                                .map(tool -> tool.specification(parts.redaction()))
                                .toList())
                .tools(new OfferedTools(parts, owners, calls).all(offer))
                .resourceTemplates(sessions());
        offer.addTo(specification);
        this.server = specification.build();
    }

    private static McpTransportContext context(HttpServletRequest request) {
        Map<String, Object> context = new HashMap<>();
        context.put(Caller.class.getName(), RouteTable.caller(request));
        Object id = request.getAttribute(CallsUnderWay.ID);
        if (id != null) {
            context.put(CallsUnderWay.ID, id);
        }
        return McpTransportContext.create(context);
    }

    private SyncResourceTemplateSpecification sessions() {
        ResourceTemplate template = ResourceTemplate.builder(SESSION + "{id}", "session")
                .description("The latest messages of a session, as list_sessions names it.")
                .mimeType("application/json")
                .build();
        return new SyncResourceTemplateSpecification(template, this::read);
    }

    private ReadResourceResult read(McpSyncServerExchange exchange, ReadResourceRequest request) {
        Caller caller = Asked.caller(exchange);
        String uri = request.uri();
        try {
            caller.require(Scope.READ);
            Object history = parts.sessions()
                    .history(caller.principal(), SessionTools.id(uri.substring(SESSION.length())), null, null);
            return ReadResourceResult.builder(
                            List.of(TextResourceContents.builder(uri, Json.MAPPER.writeValueAsString(history))
                                    .mimeType("application/json")
                                    .build()))
                    .build();
        } catch (AgentException e) {
            throw McpError.RESOURCE_NOT_FOUND.apply(uri);
        }
    }

    /// The protocol has a servlet of its own.
    @Override
    public void register(RouteTable routes) {}

    @Override
    public void servlets(ServletContextHandler context) {
        FilterHolder filter = new FilterHolder(requests);
        filter.setAsyncSupported(true);
        context.addFilter(filter, PATH, EnumSet.of(DispatcherType.REQUEST));
        ServletHolder servlet = new ServletHolder("mcp", transport);
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, PATH);
    }

    @Override
    public void end() {
        server.closeGracefully();
    }
}
