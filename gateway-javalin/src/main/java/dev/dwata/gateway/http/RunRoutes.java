package dev.dwata.gateway.http;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.api.PayloadDigest;
import dev.dwata.gateway.api.SentAttachments;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.ErrorPayload;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentPayload;
import dev.dwata.types.wire.AnswerPayload;
import dev.dwata.types.wire.CancelPayload;
import dev.dwata.types.wire.MessageParams;
import dev.dwata.types.wire.RunCancelParams;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asking, waiting for the answer, and cancelling.
final class RunRoutes {
    static final String KEY = "Idempotency-Key";
    static final String KEY_ABOUT = "the same key with the same body is done once; 1 to 128 of A-Z a-z 0-9 . _ : -";

    private static final Logger LOG = LoggerFactory.getLogger(RunRoutes.class);

    private final Services parts;
    private final Followers followers;
    private final ParamsReader<MessageParams> message = new ParamsReader<>(MessageParams.class);
    private final ParamsReader<RunCancelParams> cancellation = new ParamsReader<>(RunCancelParams.class);

    RunRoutes(Services parts) {
        this.parts = parts;
        this.followers = parts.followers();
    }

    void register(RouteTable routes) {
        routes.post("/api/v1/sessions/{id}/messages", Scope.RUN, this::ask)
                .about("runs", "Give a session a message to answer")
                .query("wait", Boolean.class, "whether to answer when the run is over")
                .header(KEY, KEY_ABOUT)
                .takes(MessageParams.class)
                .answers(200, AnswerPayload.class, "with wait: how the run ended")
                .answers(202, AgentPayload.class, "safely stored; the run is under way or waits for its turn");
        routes.post("/api/v1/runs/{id}/cancel", Scope.RUN, this::cancel)
                .about("runs", "Cancel a run")
                .mayTake(RunCancelParams.class)
                .answers(202, CancelPayload.class, "it was told to stop");
    }

    /// Takes a message. A slash at its beginning means nothing here.
    void ask(Context context, Caller caller) {
        SessionId session = Asked.id(context, SessionId::new);
        boolean wait = Asked.flag(context, "wait");
        String key = Asked.header(context, KEY);
        ObjectNode body = Asked.body(context);
        MessageParams params = message.read(body);
        String request = "http_" + UUID.randomUUID();
        Prompt prompt = new Prompt(
                params.message(),
                params.agentName(),
                params.model(),
                key,
                key == null ? null : PayloadDigest.of(body.put("sessionId", session.value())),
                new Prompt.Origin(ClientType.RUNTIME, null, request, null),
                SentAttachments.uris(
                        params.attachments(), caller.principal(), parts.store().attachments()),
                params.outputSchema());
        try (Run run = parts.runtime().as(caller.principal()).session(session).prompt(prompt)) {
            AnswerPayload answer = wait ? answer(context, caller, run) : null;
            if (answer == null) {
                RestApi.json(context, 202, payload(run, key == null ? null : request));
            } else {
                RestApi.json(context, 200, answer);
            }
        }
    }

    /// @param request absent where nobody can have asked before
    private AgentPayload payload(Run run, @Nullable String request) {
        RunInfo now = info(run.id());
        boolean repeated = request != null && !isOf(request, run);
        if (repeated || now.status().isFinal()) {
            return new AgentPayload(run.id(), run.sessionId(), now.status().wireName(), null, run.seq());
        }
        boolean queued = run.position() > 0;
        return new AgentPayload(
                run.id(),
                run.sessionId(),
                queued ? RunStatus.QUEUED.wireName() : "accepted",
                queued ? Integer.valueOf(run.position()) : null,
                run.seq());
    }

    /// Whether the message of the run came with this request.
    private boolean isOf(String request, Run run) {
        return parts.store().log().read(run.sessionId(), run.seq() - 1, 1).stream()
                .anyMatch(entry ->
                        entry.event() instanceof MessageReceived received && request.equals(received.connectionId()));
    }

    private RunInfo info(RunId run) {
        return parts.store()
                .runs()
                .find(run)
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no run " + run)));
    }

    /// Waits for the end of a run; whoever asked may be gone meanwhile.
    ///
    /// @return absent when it takes too long, or the gateway is shutting down
    private @Nullable AnswerPayload answer(Context context, Caller caller, Run run) {
        EventStream stream = followers.open(caller.principal(), run.sessionId(), run.seq() - 1);
        Duration silence = followers.limits().answerWithin().plusSeconds(10);
        try (Patience patience = Patience.with(context.req(), silence)) {
            LOG.debug("the answer of {} is waited for over {}", run.id(), patience.connection());
            long deadline =
                    System.nanoTime() + followers.limits().answerWithin().toNanos();
            Envelope next = stream.next(left(deadline));
            while (next != null) {
                if (run.id().equals(next.runId()) && next.event() instanceof AgentEvent.Terminal end) {
                    return answer(run, end);
                }
                next = stream.next(left(deadline));
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (AgentException e) {
            if (followers.closing()) {
                return null;
            }
            throw e;
        } finally {
            followers.close(stream);
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private static @Nullable AnswerPayload answer(Run run, AgentEvent.Terminal end) {
        RunId id = run.id();
        SessionId session = run.sessionId();
        long seq = run.seq();
        if (end instanceof AgentEvent.RunCompleted e) {
            String status = RunStatus.COMPLETED.wireName();
            return new AnswerPayload(
                    id,
                    session,
                    status,
                    seq,
                    e.messageId(),
                    e.content(),
                    e.usage(),
                    e.stopReason(),
                    e.turns(),
                    null,
                    null);
        }
        ErrorPayload error = end instanceof AgentEvent.RunFailed e ? ErrorPayload.of(e.error(), true) : null;
        String reason = end instanceof AgentEvent.RunCancelled e ? e.reason() : null;
        String status = (error == null ? RunStatus.CANCELLED : RunStatus.FAILED).wireName();
        return new AnswerPayload(id, session, status, seq, null, null, null, null, null, error, reason);
    }

    void cancel(Context context, Caller caller) {
        RunId run = Asked.id(context, RunId::new);
        String given = cancellation.read(Asked.bodyIfAny(context)).reason();
        String reason = given == null || given.isBlank() ? "cancelled over HTTP" : given;
        parts.runtime().as(caller.principal()).cancel(run, reason);
        RestApi.json(context, 202, new CancelPayload("Cancellation of " + run + " was requested.", run));
    }
}
