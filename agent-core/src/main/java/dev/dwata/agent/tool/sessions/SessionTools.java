package dev.dwata.agent.tool.sessions;

import dev.dwata.agent.store.DateFilter;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.schema.Description;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// `sessions.search`, `.list`, `.get` and `.switch`. A model sees the sessions of the principal that its
/// run is for, and no others.
public final class SessionTools {
    private static final int DEFAULT_LIMIT = 10;
    private static final int RECENT_MESSAGES = 20;

    private final Sessions sessions;
    private final Clock clock;

    private SessionTools(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Search(
            @Description("words that a session's title or messages contain; default any") @Nullable
            String query,

            @Description("only sessions with a message of these days; weeks begin on Monday") @Nullable
            DateFilter dateFilter,

            @Description("1 to 200; default 10") @Nullable Integer limit) {}

    record Limit(
            @Description("1 to 200; default 10") @Nullable Integer limit) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Id(@Description("a UUID, as listed or found") String sessionId) {}

    record Found(List<SessionLine> sessions) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Switch(String sessionId, String title, String command, String guidance) {}

    record Listing(List<SessionLine> sessions, long total) {}

    /// @param clock tells what today is, in its time zone
    public static List<Tool> over(Sessions sessions, Clock clock) {
        SessionTools tools = new SessionTools(sessions, clock);
        return List.of(
                Tool.of(head("list", "Lists this person's sessions, the latest first."), Limit.class, tools::list),
                Tool.of(
                        head("search", "Finds sessions by words in their titles and messages, by days, or both."),
                        Search.class,
                        tools::search),
                Tool.of(head("get", "Shows one session: its details and its latest messages."), Id.class, tools::get),
                Tool.of(
                        head(
                                "switch",
                                "Prepares the user's change to another session. Only the user can change it: tell them"
                                        + " what to type, as the result says."),
                        Id.class,
                        tools::prepareSwitch));
    }

    /// A model cannot take its user elsewhere, so it is told what they have to do.
    private ToolOutcome prepareSwitch(Id asked, ToolContext context) {
        SessionId id;
        try {
            id = new SessionId(asked.sessionId);
        } catch (IllegalArgumentException e) {
            return notAnId(asked);
        }
        Optional<SessionInfo> session = sessions.find(context.principal(), id);
        if (session.isEmpty()) {
            return new ToolOutcome.Failure("there is no session " + id);
        }
        if (id.equals(context.sessionId())) {
            return new ToolOutcome.Failure("the user is in that session already");
        }
        String title = session.get().title();
        return ToolOutcome.success(new Switch(
                id.value(),
                title,
                "/session " + id.value(),
                "Tell the user that typing /session " + id.value() + " takes them to \"" + title + "\"."));
    }

    private static ToolOutcome notAnId(Id asked) {
        return new ToolOutcome.Retry("'session_id' must be a UUID, not '" + asked.sessionId + "'");
    }

    private ToolOutcome list(Limit asked, ToolContext context) {
        int limit = asked.limit == null ? DEFAULT_LIMIT : asked.limit;
        if (!allowed(limit)) {
            return refused(limit);
        }
        SessionPage page = sessions.list(context.principal(), SessionQuery.latest(limit));
        List<SessionLine> lines = page.sessions().stream()
                .map(session -> SessionLine.of(session, session.lastMessage(), context))
                .toList();
        return ToolOutcome.success(new Listing(lines, page.total()));
    }

    private ToolOutcome search(Search asked, ToolContext context) {
        int limit = asked.limit == null ? DEFAULT_LIMIT : asked.limit;
        if (!allowed(limit)) {
            return refused(limit);
        }
        String query = asked.query == null || asked.query.isBlank() ? null : asked.query;
        DateFilter.Range days =
                asked.dateFilter == null ? null : asked.dateFilter.range(clock.instant(), clock.getZone());
        List<SessionHit> hits = sessions.search(
                context.principal(),
                new SessionSearch(query, days == null ? null : days.from(), days == null ? null : days.to(), limit));
        return ToolOutcome.success(new Found(hits.stream()
                .map(hit -> SessionLine.of(hit.session(), hit.snippet(), context))
                .toList()));
    }

    private ToolOutcome get(Id asked, ToolContext context) {
        SessionId id;
        try {
            id = new SessionId(asked.sessionId);
        } catch (IllegalArgumentException e) {
            return notAnId(asked);
        }
        Optional<SessionInfo> session = sessions.find(context.principal(), id);
        if (session.isEmpty()) {
            return new ToolOutcome.Failure("there is no session " + id);
        }
        return ToolOutcome.success(SessionDetails.of(session.get(), sessions.messages(id, RECENT_MESSAGES, null)));
    }

    private static boolean allowed(int limit) {
        return limit >= 1 && limit <= SessionQuery.MAX_LIMIT;
    }

    private static ToolOutcome refused(int limit) {
        return new ToolOutcome.Retry("'limit' must be 1 to " + SessionQuery.MAX_LIMIT + ", not " + limit);
    }

    private static ToolSpec.Head head(String verb, String description) {
        return new ToolSpec.Head("sessions." + verb, description, Effect.PURE, Approval.AUTO);
    }
}
