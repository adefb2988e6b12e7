package dev.dwata.gateway.mcp;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.store.NewSession;
import dev.dwata.gateway.api.AgentOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.SessionId;
import dev.dwata.types.schema.Description;
import dev.dwata.types.wire.SearchParams;
import dev.dwata.types.wire.SessionsListParams;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// What other agents can do with agents and sessions, their caller's and no others.
final class SessionTools {
    /// The context of the sessions that are made here.
    static final String CONTEXT = "mcp";

    private final Services parts;
    private final CallsUnderWay calls;

    SessionTools(Services parts, CallsUnderWay calls) {
        this.parts = parts;
        this.calls = calls;
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Ask(
            @Description("what to do or to answer") String message,

            @Description("the name of an agent, as list_agents has it; default: the session's, or default") @Nullable
            String agent,

            @Description("a session to go on in; default: a new one") @Nullable
            String sessionId) {}

    record Listing(
            @Description("words that the title or messages contain; default: any") @Nullable
            String query,

            @Description("1 to 200; default 10") @Nullable Integer limit) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Read(
            @Description("as listed or found") String sessionId,

            @Description("how many of the latest messages, 1 to 200; default 20") @Nullable
            Integer limit) {}

    record Nothing() {}

    List<McpTool<?>> all() {
        return List.of(
                new McpTool<>(
                        new McpTool.Head(
                                "ask_agent", "Gives an agent a task or a question, and waits for its answer.", false),
                        Ask.class,
                        Scope.RUN,
                        this::ask),
                new McpTool<>(
                        new McpTool.Head("list_agents", "Lists the agents that can be asked.", true),
                        Nothing.class,
                        Scope.READ,
                        (asked, nothing) -> Results.data(new AgentOperations(parts.runtime()).list(null))),
                new McpTool<>(
                        new McpTool.Head("list_sessions", "Lists sessions, the latest first.", true),
                        Listing.class,
                        Scope.READ,
                        this::list),
                new McpTool<>(
                        new McpTool.Head("read_session", "Shows the latest messages of a session.", true),
                        Read.class,
                        Scope.READ,
                        this::read),
                new McpTool<>(
                        new McpTool.Head("search_sessions", "Finds sessions by words in their messages.", true),
                        Listing.class,
                        Scope.READ,
                        this::search));
    }

    private CallToolResult ask(Asked asked, Ask ask) {
        LocalRuntime view = parts.runtime().as(asked.caller().principal());
        Prompt.Origin origin = new Prompt.Origin(ClientType.MCP, asked.client(), null, null);
        Prompt prompt = new Prompt(ask.message(), ask.agent(), null, null, null, origin);
        NewSession wanted = new NewSession(null, ask.agent(), null, CONTEXT, null, null, null);
        try (Run run = ask.sessionId() == null
                ? view.prompt(wanted, prompt)
                : view.session(id(ask.sessionId())).prompt(prompt)) {
            parts.changed().accept(run.sessionId());
            Map<String, Object> about = Map.of(
                    "session_id", run.sessionId().value(), "run_id", run.id().value());
            return switch (new Following(parts, asked).follow(run, calls).terminal()) {
                case RunCompleted done -> Results.said(done.content(), about);
                case RunFailed failed -> throw new AgentException(failed.error());
                case RunCancelled cancelled -> Results.failed("the run was cancelled: " + cancelled.reason());
            };
        }
    }

    private CallToolResult list(Asked asked, Listing listing) {
        SessionsListParams params =
                new SessionsListParams(listing.limit(), null, listing.query(), null, null, null, null);
        return Results.data(parts.sessions().list(asked.caller().principal(), params));
    }

    private CallToolResult search(Asked asked, Listing listing) {
        SearchParams params = new SearchParams(listing.query(), null, listing.limit(), null, null);
        return Results.data(parts.sessions().search(asked.caller().principal(), params));
    }

    private CallToolResult read(Asked asked, Read read) {
        return Results.data(
                parts.sessions().history(asked.caller().principal(), id(read.sessionId()), read.limit(), null));
    }

    static SessionId id(String text) {
        try {
            return new SessionId(text);
        } catch (IllegalArgumentException e) {
            throw new AgentException(new AgentError.InvalidRequest(String.valueOf(e.getMessage())), e);
        }
    }
}
