package dev.dwata.gateway.http;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.store.NewSession;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.api.PayloadDigest;
import dev.dwata.gateway.api.SentAttachments;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.ClientType;
import dev.dwata.types.MessageId;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.wire.HistoryPayload;
import dev.dwata.types.wire.SessionCreateParams;
import dev.dwata.types.wire.SessionCreatePayload;
import dev.dwata.types.wire.SessionDetailPayload;
import dev.dwata.types.wire.SessionsNewParams;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Making and reading sessions.
final class SessionRoutes {
    private static final int MESSAGES = 50;

    private final Services parts;
    private final ParamsReader<SessionCreateParams> params = new ParamsReader<>(SessionCreateParams.class);

    SessionRoutes(Services parts) {
        this.parts = parts;
    }

    void register(RouteTable routes) {
        routes.post("/api/v1/sessions", Scope.RUN, this::create)
                .about("sessions", "Make a session")
                .details("With userPrompt it also starts a run.")
                .header(RunRoutes.KEY, RunRoutes.KEY_ABOUT)
                .takes(SessionCreateParams.class)
                .answers(201, SessionCreatePayload.class, "made");
        routes.get("/api/v1/sessions/{id}", Scope.READ, this::show)
                .about("sessions", "Show a session with its latest messages and their tool calls")
                .answers(200, SessionDetailPayload.class, "the session");
        routes.get("/api/v1/sessions/{id}/messages", Scope.READ, this::messages)
                .about("sessions", "Read the messages of a session")
                .query("limit", Integer.class, "1 to 200, default 50; pageSize is the same")
                .query("pageSize", Integer.class, "the same as limit")
                .query("before", String.class, "only messages older than the one of this id")
                .query("beforeIndex", Long.class, "only messages with a seq below this")
                .answers(200, HistoryPayload.class, "the latest of them, oldest first");
    }

    void create(Context context, Caller caller) {
        ObjectNode body = Asked.body(context);
        SessionCreateParams wanted = params.read(body);
        String key = Asked.header(context, RunRoutes.KEY);
        if (wanted.userPrompt() != null) {
            RestApi.json(context, 201, createWithRun(caller, wanted, wanted.userPrompt(), key, body));
            return;
        }
        if (wanted.attachments() != null && !wanted.attachments().isEmpty()) {
            throw Asked.invalid("attachments need a userPrompt here");
        }
        if (wanted.outputSchema() != null) {
            throw Asked.invalid("outputSchema needs a userPrompt here");
        }
        if (key != null) {
            throw Asked.invalid(RunRoutes.KEY + " needs a userPrompt here: a session alone has no key");
        }
        SessionInfo made = sessions().create(caller.principal(), asNew(wanted));
        parts.changed().accept(made.id());
        RestApi.json(context, 201, new SessionCreatePayload(made.id(), made.agentName(), made.status(), null, null));
    }

    private SessionCreatePayload createWithRun(
            Caller caller, SessionCreateParams wanted, String message, @Nullable String key, ObjectNode body) {
        SessionsNewParams like = asNew(wanted);
        Prompt prompt = new Prompt(
                message,
                null,
                null,
                key,
                key == null ? null : PayloadDigest.ofAll(body),
                new Prompt.Origin(ClientType.RUNTIME, null, null, null),
                SentAttachments.uris(
                        wanted.attachments(), caller.principal(), parts.store().attachments()),
                wanted.outputSchema());
        LocalRuntime runtime = parts.runtime().as(caller.principal());
        NewSession session = SessionOperations.newSession(like);
        try (Run run = runtime.prompt(session, prompt)) {
            SessionInfo made = sessions().find(caller.principal(), run.sessionId());
            return new SessionCreatePayload(made.id(), made.agentName(), made.status(), run.id(), run.seq());
        }
    }

    private static SessionsNewParams asNew(SessionCreateParams wanted) {
        String model = wanted.model();
        if (wanted.provider() != null && !wanted.provider().isBlank()) {
            if (model == null) {
                throw Asked.invalid("provider needs a model");
            }
            model = wanted.provider() + "/" + model;
        }
        return new SessionsNewParams(
                wanted.title(),
                wanted.agentName(),
                model,
                wanted.contextType(),
                wanted.itemId(),
                wanted.projectId(),
                wanted.config());
    }

    void show(Context context, Caller caller) {
        SessionId id = Asked.id(context, SessionId::new);
        HistoryPayload latest = sessions().history(caller.principal(), id, null, null);
        RestApi.json(
                context,
                200,
                new SessionDetailPayload(sessions().view(caller.principal(), id), latest.messages(), latest.hasMore()));
    }

    void messages(Context context, Caller caller) {
        SessionId id = Asked.id(context, SessionId::new);
        String index = Asked.query(context, "beforeIndex");
        HistoryPayload page = index == null
                ? sessions().history(caller.principal(), id, limit(context), before(context))
                : sessions().historyBefore(caller.principal(), id, limit(context), Asked.integer("beforeIndex", index));
        RestApi.json(context, 200, page);
    }

    private static int limit(Context context) {
        String name = Asked.query(context, "limit") == null ? "pageSize" : "limit";
        String value = Asked.query(context, name);
        return value == null ? MESSAGES : Math.clamp(Asked.integer(name, value), -1, Integer.MAX_VALUE);
    }

    private static @Nullable MessageId before(Context context) {
        String value = Asked.query(context, "before");
        try {
            return value == null ? null : new MessageId(value);
        } catch (IllegalArgumentException e) {
            throw Asked.invalid("before: " + e.getMessage());
        }
    }

    private SessionOperations sessions() {
        return parts.sessions();
    }
}
