package dev.dwata.gateway.ws;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.PayloadDigest;
import dev.dwata.gateway.api.SentAttachments;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.command.Commands;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentParams;
import dev.dwata.types.wire.AgentPayload;
import dev.dwata.types.wire.CancelParams;
import dev.dwata.types.wire.CancelPayload;
import dev.dwata.types.wire.ResumeParams;
import dev.dwata.types.wire.ResumePayload;
import dev.dwata.types.wire.SessionsNewParams;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `agent`, `agent.cancel` and `agent.resume`
final class AgentMethods {
    private static final Set<String> LATER_QUEUE_MODES = Set.of("steer", "interrupt");

    private final LocalRuntime runtime;
    private final Store store;
    private final CommandAnswers commands;

    AgentMethods(LocalRuntime runtime, Store store, CommandAnswers commands) {
        this.runtime = runtime;
        this.store = store;
        this.commands = commands;
    }

    List<Method<?>> all() {
        return List.of(
                Method.of("agent", Scope.RUN, AgentParams.class, this::agent).ackedFirst(),
                Method.of("agent.cancel", Scope.RUN, CancelParams.class, this::cancel),
                Method.of("agent.resume", Scope.RUN, ResumeParams.class, this::resume));
    }

    private Method.Answer agent(Method.Call<AgentParams> call) {
        AgentParams params = call.params();
        Commands.Written command = Commands.read(params.message());
        if (command != null) {
            if (params.attachments() != null && !params.attachments().isEmpty()) {
                throw new AgentException(new AgentError.InvalidRequest("a command takes no attachments"));
            }
            return commands.answer(call.from(), command, params.sessionId());
        }
        check(params);
        SessionId current = call.from().following().current();
        SessionId wanted = params.sessionId() == null && params.newSession() == null ? current : params.sessionId();
        try (Run run = prompt(call, wanted)) {
            join(call.from(), run, params.sessionId() != null || params.newSession() != null);
            return Method.Answer.of(payload(call, run));
        }
    }

    private static void check(AgentParams params) {
        if (params.sessionId() != null && params.newSession() != null) {
            throw new AgentException(new AgentError.InvalidRequest("give either sessionId or newSession, not both"));
        }
        String mode = params.queueMode() == null ? "queue" : params.queueMode();
        if (LATER_QUEUE_MODES.contains(mode)) {
            throw new AgentException(
                    new AgentError.Unsupported("queueMode '" + mode + "' is not supported; supported: queue"));
        }
        if (!mode.equals("queue")) {
            throw new AgentException(new AgentError.InvalidRequest("queueMode must be one of queue, steer, interrupt"));
        }
    }

    private Run prompt(Method.Call<AgentParams> call, @Nullable SessionId session) {
        AgentParams params = call.params();
        Identity client = call.from().client();
        Prompt prompt = new Prompt(
                params.message(),
                params.agentName(),
                params.model(),
                params.idempotencyKey(),
                params.idempotencyKey() == null ? null : PayloadDigest.of(call.raw()),
                new Prompt.Origin(
                        client.clientType(),
                        client.clientId(),
                        call.from().id(),
                        call.request().requestId()),
                SentAttachments.uris(params.attachments(), client.principal(), store.attachments()),
                params.outputSchema());
        LocalRuntime own = runtime.as(client.principal());
        if (session == null) {
            return own.prompt(wanted(params), prompt);
        }
        Session asked = own.session(session);
        if (params.context() != null && !params.context().isNull()) {
            store.sessions().update(client.principal(), session, Sessions.Change.context(params.context()));
        }
        return asked.prompt(prompt);
    }

    private static NewSession wanted(AgentParams params) {
        SessionsNewParams wanted = params.newSession();
        return wanted == null ? about(params.context()) : SessionOperations.newSession(wanted);
    }

    /// A session that a message makes is about what the message came with.
    private static NewSession about(@Nullable JsonNode context) {
        if (context == null || context.isNull()) {
            return NewSession.PLAIN;
        }
        return new NewSession(
                null,
                null,
                null,
                text(context, "contextType", "session_type"),
                text(context, "itemId", "item_id"),
                text(context, "projectId", "project_id"),
                Json.MAPPER.createObjectNode().set("context", context));
    }

    private static @Nullable String text(JsonNode context, String name, String alias) {
        JsonNode value = context.has(name) ? context.path(name) : context.path(alias);
        return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
    }

    /// The caller follows the session of its run: from its message on where it does not already.
    private static void join(Connection from, Run run, boolean named) {
        Following following = from.following();
        SessionId session = run.sessionId();
        Following.From start = new Following.From(null, run.seq() - 1, false);
        if (!named && following.current() == null) {
            following.enter(session, start);
        } else {
            if (!session.equals(following.current())) {
                following.askFor(session);
            }
            following.follow(session, start);
        }
    }

    private AgentPayload payload(Method.Call<AgentParams> call, Run run) {
        boolean toldBefore = call.from().acked().add(run.id());
        if (call.params().idempotencyKey() != null && (toldBefore || !isOwn(call.from(), run))) {
            String status = info(run.id()).status().wireName();
            return new AgentPayload(run.id(), run.sessionId(), status, null, run.seq());
        }
        boolean queued = run.position() > 0;
        return new AgentPayload(
                run.id(),
                run.sessionId(),
                queued ? "queued" : "accepted",
                queued ? Integer.valueOf(run.position()) : null,
                run.seq());
    }

    /// Whether the message of the run came over this connection.
    private boolean isOwn(Connection from, Run run) {
        return store.log().read(run.sessionId(), run.seq() - 1, 1).stream()
                .anyMatch(entry -> entry.event() instanceof MessageReceived message
                        && from.id().equals(message.connectionId()));
    }

    private RunInfo info(RunId run) {
        return store.runs()
                .find(run)
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no run " + run)));
    }

    private Method.Answer cancel(Method.Call<CancelParams> call) {
        CancelParams params = call.params();
        RunId run = params.runId() == null ? active(call) : params.runId();
        String reason = params.reason() == null || params.reason().isBlank() ? "agent.cancel" : params.reason();
        runtime.as(call.from().client().principal()).cancel(run, reason);
        return Method.Answer.of(new CancelPayload("Cancellation of " + run + " was requested.", run));
    }

    private Method.Answer resume(Method.Call<ResumeParams> call) {
        RunId run = call.params().runId();
        runtime.as(call.from().client().principal()).resume(run);
        return Method.Answer.of(new ResumePayload("Run " + run + " goes on when it is its turn.", run));
    }

    private RunId active(Method.Call<CancelParams> call) {
        SessionId session = SessionMethods.orCurrent(call.from(), call.params().sessionId());
        runtime.as(call.from().client().principal()).session(session);
        RunId active = runtime.activity(session).activeRun();
        if (active == null) {
            throw new AgentException(new AgentError.NotFound("nothing runs in session " + session));
        }
        return active;
    }
}
