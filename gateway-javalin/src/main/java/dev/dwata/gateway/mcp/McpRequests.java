package dev.dwata.gateway.mcp;

import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.ErrorBody;
import dev.dwata.gateway.http.Patience;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Stands before the SDK's servlet: a session is its owner's alone, what is cancelled is cancelled, and whoever
/// waits may be silent.
final class McpRequests implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(McpRequests.class);

    private static final String SESSION = "Mcp-Session-Id";
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration SILENCE = Duration.ofHours(1);

    private final Owners owners;
    private final CallsUnderWay calls;

    McpRequests(Owners owners, CallsUnderWay calls) {
        this.owners = owners;
        this.calls = calls;
    }

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answered, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) asked;
        HttpServletResponse response = (HttpServletResponse) answered;
        try {
            Caller caller = RouteTable.caller(request);
            caller.require(Scope.READ);
            String session = request.getHeader(SESSION);
            if (session != null && !owners.isOf(session, caller.principal())) {
                throw new AgentException(new AgentError.NotFound("there is no session " + session + ": begin anew"));
            }
            switch (request.getMethod()) {
                case "POST" -> post(request, response, caller, chain);
                case "DELETE" -> delete(request, response, session, chain);
                default -> {
                    Patience.lasting(request, SILENCE); // what is opened lasts longer than this call
                    chain.doFilter(request, response);
                }
            }
        } catch (AgentException e) {
            response.setStatus(ErrorBody.status(e.error()));
            response.setContentType("application/json");
            response.getWriter().write(ErrorBody.of(e.error()));
        }
    }

    private void delete(
            HttpServletRequest request, HttpServletResponse response, @Nullable String session, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (session != null && response.getStatus() < 300) {
            owners.ended(session);
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response, Caller caller, FilterChain chain)
            throws IOException, ServletException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new AgentException(new AgentError.TooLarge("the body must be at most 1 MiB"));
        }
        JsonNode message = message(body);
        String session = request.getHeader(SESSION);
        HttpServletRequest read = new ReadRequest(request, body);
        if (session == null || message.path("id").isMissingNode()) {
            if (session != null && message.path("method").asString("").equals("notifications/cancelled")) {
                calls.cancel(id(session, message.path("params").path("requestId")));
            }
            chain.doFilter(read, response);
            String begun = response.getHeader(SESSION);
            if (session == null && begun != null) {
                owners.began(begun, caller.principal());
            }
            return;
        }
        CallsUnderWay.Id id = id(session, message.path("id"));
        calls.begin(id);
        read.setAttribute(CallsUnderWay.ID, id);
        try (Patience patience = Patience.with(request, SILENCE)) {
            LOG.debug("a request of MCP is answered over {}", patience.connection());
            chain.doFilter(read, response);
        } finally {
            calls.end(id);
        }
    }

    private static CallsUnderWay.Id id(String session, JsonNode request) {
        return new CallsUnderWay.Id(session, request.toString());
    }

    /// What is no message the SDK says.
    private static JsonNode message(byte[] body) {
        try {
            return Json.STRICT.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
