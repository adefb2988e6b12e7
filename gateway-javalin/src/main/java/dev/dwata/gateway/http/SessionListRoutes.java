package dev.dwata.gateway.http;

import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.SearchParams;
import dev.dwata.types.wire.SearchPayload;
import dev.dwata.types.wire.SessionsListParams;
import dev.dwata.types.wire.SessionsListPayload;
import io.javalin.http.Context;

/// Finding sessions.
final class SessionListRoutes {
    private final SessionOperations sessions;
    private final QueryReader<SessionsListParams> list = new QueryReader<>(SessionsListParams.class);
    private final QueryReader<SearchParams> search = new QueryReader<>(SearchParams.class);

    SessionListRoutes(SessionOperations sessions) {
        this.sessions = sessions;
    }

    void register(RouteTable routes) {
        routes.get("/api/v1/sessions", Scope.READ, this::list)
                .about("sessions", "List sessions, the latest activity first")
                .queries(SessionsListParams.class)
                .answers(200, SessionsListPayload.class, "a page of them, and how many there are");
        routes.get("/api/v1/search", Scope.READ, this::search)
                .about("sessions", "Find sessions by the words of their titles and messages")
                .queries(SearchParams.class)
                .answers(200, SearchPayload.class, "the sessions, with snippets");
    }

    void list(Context context, Caller caller) {
        RestApi.json(context, 200, sessions.list(caller.principal(), list.read(context)));
    }

    void search(Context context, Caller caller) {
        RestApi.json(context, 200, sessions.search(caller.principal(), search.read(context)));
    }
}
