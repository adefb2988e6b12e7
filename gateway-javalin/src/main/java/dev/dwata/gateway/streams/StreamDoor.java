package dev.dwata.gateway.streams;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Streams.Name;
import dev.dwata.agent.tool.web.Webhooks;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Asked;
import dev.dwata.gateway.http.Door;
import dev.dwata.gateway.http.ErrorBody;
import dev.dwata.gateway.http.Patience;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.SessionId;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The durable streams protocol (version 1.0, with forks and subscriptions) at `/v1/stream/…`. The streams of
/// a principal are its own; `ai-chat/<session>` are the logs of its sessions.
public final class StreamDoor implements Door {
    static final String ROOT = "/v1/stream/";
    private static final String RESERVED = "__ds";
    private static final String PATH = ROOT + "<path>";

    private final Services services;
    private final StreamSettings settings;
    private final Wakes wakes;
    private final LongPoll longPoll;
    private final SseReading sse;
    private final Writing writing;
    private final Sweeper sweeper;
    private final Documents documents;
    private final SubscriptionRoutes subscriptions;

    public StreamDoor(Services services, StreamSettings settings) {
        this.services = services;
        this.settings = settings;
        wakes = new Wakes(settings.readers());
        Cursors cursors = new Cursors(services.clock());
        longPoll = new LongPoll(wakes, settings, cursors);
        sse = new SseReading(wakes, settings, cursors);
        writing = new Writing(services.store().streams(), new Bodies(settings.appendBytes()));
        sweeper = new Sweeper(services.store().streams());
        services.store().streams().listen(wakes);
        services.store().log().listen(wakes);
        sweeper.start();
        documents = new Documents(services.store().streams());
        subscriptions = new SubscriptionRoutes(
                services.store().streamSubscriptions(),
                services.store().streams(),
                services.clock(),
                new Webhooks(settings.webhooksHere()));
    }

    @Override
    public void register(RouteTable routes) {
        subscriptions.register(routes);
        routes.put(PATH, Scope.RUN, answering((context, name) -> writing.create(context, writable(name))));
        routes.post(PATH, Scope.RUN, answering(this::append));
        routes.delete(PATH, Scope.RUN, answering((context, name) -> writing.delete(context, writable(name))));
        routes.get(PATH, Scope.READ, answering(this::read));
        routes.add(HandlerType.HEAD, PATH, Scope.READ, answering(this::describe));
    }

    @FunctionalInterface
    private interface Action {
        void answer(Context context, Name name) throws Exception;
    }

    private RouteTable.Action answering(Action action) {
        return (context, caller) -> {
            Patience.grant(context.req(), settings.silence());
            try {
                action.answer(context, name(context, caller));
            } catch (StreamAnswer e) {
                e.headers().forEach(context::header);
                fail(context, services.redaction(), e);
            }
        };
    }

    private static void fail(Context context, Redaction redaction, StreamAnswer e) {
        AgentError error = redaction.error(e.error());
        context.status(e.status()).contentType("application/json").result(ErrorBody.of(error));
    }

    private static Name name(Context context, Caller caller) {
        String path = Paths.checked(context.pathParam("path"));
        if (path.equals(RESERVED) || path.startsWith(RESERVED + "/")) {
            throw StreamAnswer.notFound(path);
        }
        return new Name(caller.principal(), path);
    }

    private void append(Context context, Name name) {
        writing.append(context, documents.name(context, writable(name)));
    }

    private static Name writable(Name name) {
        if (SessionStream.owns(name.path())) {
            throw SessionStream.readOnly();
        }
        return name;
    }

    private void read(Context context, Name asked) throws Exception {
        List<String> offsets = context.queryParams("offset");
        if (documents.answersSnapshot(context, asked, offsets.isEmpty() ? null : offsets.getFirst())) {
            return;
        }
        Name name = documents.name(context, asked);
        String live = Asked.query(context, "live");
        Offsets.Wanted wanted = Offsets.wanted(offsets);
        StreamSource stream = readable(name);
        if (live == null) {
            CatchUp.answer(context, name.path(), wanted, stream);
            return;
        }
        if (!live.equals("long-poll") && !live.equals("sse")) {
            throw Asked.invalid("live must be long-poll or sse");
        }
        if (offsets.isEmpty()) {
            throw Asked.invalid("live=" + live + " needs an offset");
        }
        if (live.equals("sse")) {
            sse.answer(context, name.path(), wanted, stream);
        } else {
            longPoll.answer(context, name.path(), wanted, stream);
        }
    }

    private void describe(Context context, Name name) {
        if (SessionStream.session(name.path()) == null) {
            writing.describe(context, name);
        } else {
            Slice end = readable(name).end();
            CatchUp.position(context, end);
            context.header("Cache-Control", "no-store")
                    .contentType(end.contentType())
                    .status(200);
        }
    }

    private StreamSource readable(Name name) {
        @Nullable SessionId session = SessionStream.session(name.path());
        return session == null
                ? new StoredStream(services.store().streams(), name, settings.pageBytes())
                : new SessionStream(
                        services.store().log(),
                        session,
                        () -> services.sessions().find(name.owner(), session),
                        settings.pageBytes());
    }

    @Override
    public void end() {
        wakes.close();
        sweeper.close();
        subscriptions.close();
    }
}
