package dev.dwata.gateway.api;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.store.DateFilter;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.wire.HistoryPayload;
import dev.dwata.types.wire.MessageView;
import dev.dwata.types.wire.SearchHitView;
import dev.dwata.types.wire.SearchParams;
import dev.dwata.types.wire.SearchPayload;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.SessionsListParams;
import dev.dwata.types.wire.SessionsListPayload;
import dev.dwata.types.wire.SessionsNewParams;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sessions, for one principal at a time: another's session does not exist.
public final class SessionOperations {
    /// How many messages are shown where nobody says.
    public static final int HISTORY = 20;

    private static final int LIST = 10;

    private final LocalRuntime runtime;
    private final Store store;
    private final Audience audience;
    private final Clock clock;

    public SessionOperations(LocalRuntime runtime, Store store, Audience audience, Clock clock) {
        this.runtime = runtime;
        this.store = store;
        this.audience = audience;
        this.clock = clock;
    }

    /// @throws AgentException with `NotFound`
    public SessionInfo find(Principal who, SessionId id) {
        return runtime.as(who).session(id).info();
    }

    /// @throws AgentException with `NotFound`
    public SessionView view(Principal who, SessionId id) {
        return view(find(who, id));
    }

    public SessionView view(SessionInfo session) {
        return Views.session(session, audience.clients(session.id()));
    }

    public SessionsListPayload list(Principal who, SessionsListParams params) {
        SessionQuery query = valid(() -> new SessionQuery(
                params.limit() == null ? LIST : params.limit(),
                params.offset() == null ? 0 : params.offset(),
                blankIsAbsent(params.query()),
                params.status(),
                blankIsAbsent(params.context()),
                blankIsAbsent(params.itemId()),
                blankIsAbsent(params.projectId())));
        SessionPage page = runtime.as(who).sessions(query);
        return new SessionsListPayload(page.sessions().stream().map(this::view).toList(), page.total());
    }

    public SessionInfo create(Principal who, SessionsNewParams params) {
        return runtime.as(who).createSession(newSession(params)).info();
    }

    public static NewSession newSession(SessionsNewParams params) {
        return new NewSession(
                blankIsAbsent(params.title()),
                params.agentName(),
                params.model(),
                params.contextType(),
                params.itemId(),
                params.projectId(),
                params.config());
    }

    /// @param limit absent: [#HISTORY]
    public HistoryPayload history(Principal who, SessionId id, @Nullable Integer limit, @Nullable MessageId before) {
        return payload(id, runtime.as(who).session(id).history(limit == null ? HISTORY : limit, before));
    }

    /// The same, older than an entry of the log.
    ///
    /// @param limit 1 to 200
    public HistoryPayload historyBefore(Principal who, SessionId id, int limit, long seq) {
        if (limit < 1 || limit > SessionQuery.MAX_LIMIT) {
            throw new AgentException(new AgentError.InvalidRequest("limit must be 1 to 200, not " + limit));
        }
        SessionInfo session = find(who, id);
        return payload(id, store.sessions().messagesBefore(session.id(), limit, seq));
    }

    private HistoryPayload payload(SessionId id, MessagePage page) {
        List<MessageId> calling = page.messages().stream()
                .filter(MessageView::hasToolCalls)
                .map(StoredMessage::id)
                .toList();
        List<ToolCallInfo> calls =
                calling.isEmpty() ? List.of() : store.sessions().toolCalls(id, calling);
        return HistoryPayload.of(page.messages(), page.hasMore(), calls);
    }

    public SearchPayload search(Principal who, SearchParams params) {
        SessionSearch search = valid(() -> search(params));
        return new SearchPayload(runtime.as(who).search(search).stream()
                .map(hit -> new SearchHitView(view(hit.session()), hit.snippet()))
                .toList());
    }

    private SessionSearch search(SearchParams params) {
        int limit = params.limit() == null ? LIST : params.limit();
        if (params.dateFilter() == null) {
            return new SessionSearch(blankIsAbsent(params.query()), params.from(), params.to(), limit);
        }
        if (params.from() != null || params.to() != null) {
            throw new IllegalArgumentException("give either dateFilter or from and to, not both");
        }
        DateFilter.Range days = DateFilter.named(params.dateFilter()).range(clock.instant(), clock.getZone());
        return new SessionSearch(blankIsAbsent(params.query()), days.from(), days.to(), limit);
    }

    public SessionView rename(Principal who, SessionId id, String title) {
        runtime.as(who).session(id).rename(title);
        return view(who, id);
    }

    public SessionView archive(Principal who, SessionId id) {
        runtime.as(who).session(id).archive();
        return view(who, id);
    }

    /// Deletes the session with everything in it.
    public void delete(Principal who, SessionId id) {
        store.sessions().purge(who, id);
    }

    private static @Nullable String blankIsAbsent(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static <T> T valid(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new AgentException(new AgentError.InvalidRequest(String.valueOf(e.getMessage())), e);
        }
    }
}
