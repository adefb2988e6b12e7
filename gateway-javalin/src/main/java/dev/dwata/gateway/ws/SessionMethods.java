package dev.dwata.gateway.ws;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.api.SessionChanges;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.wire.HistoryParams;
import dev.dwata.types.wire.RenameParams;
import dev.dwata.types.wire.SearchParams;
import dev.dwata.types.wire.SessionCursorParams;
import dev.dwata.types.wire.SessionIdParams;
import dev.dwata.types.wire.SessionPayload;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.SessionsAttachPayload;
import dev.dwata.types.wire.SessionsListParams;
import dev.dwata.types.wire.SessionsNewParams;
import dev.dwata.types.wire.SessionsNewPayload;
import dev.dwata.types.wire.SessionsSwitchPayload;
import dev.dwata.types.wire.SessionsUpdateParams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `sessions.*`
final class SessionMethods {
    private final SessionOperations sessions;
    private final InputOperations inputs;
    private final SessionChanges changes;
    private final SessionLog log;
    private final SessionNotices notices;

    SessionMethods(
            SessionOperations sessions,
            SessionChanges changes,
            InputOperations inputs,
            SessionLog log,
            SessionNotices notices) {
        this.changes = changes;
        this.sessions = sessions;
        this.inputs = inputs;
        this.log = log;
        this.notices = notices;
    }

    List<Method<?>> all() {
        return List.of(
                Method.of("sessions.list", Scope.READ, SessionsListParams.class, this::list),
                Method.of("sessions.new", Scope.RUN, SessionsNewParams.class, this::create),
                Method.of("sessions.switch", Scope.READ, SessionCursorParams.class, this::enter),
                Method.of("sessions.attach", Scope.READ, SessionCursorParams.class, this::attach),
                Method.of("sessions.detach", Scope.READ, SessionIdParams.class, this::detach),
                Method.of("sessions.history", Scope.READ, HistoryParams.class, this::history),
                Method.of("sessions.search", Scope.READ, SearchParams.class, this::search),
                Method.of("sessions.rename", Scope.RUN, RenameParams.class, this::rename),
                Method.of("sessions.update", Scope.RUN, SessionsUpdateParams.class, this::update),
                Method.of("sessions.archive", Scope.RUN, SessionIdParams.class, this::archive),
                Method.of("sessions.restore", Scope.RUN, SessionIdParams.class, this::restore),
                Method.of("sessions.delete", Scope.ADMIN, SessionIdParams.class, this::delete));
    }

    private Method.Answer list(Method.Call<SessionsListParams> call) {
        call.from().watchSessions();
        return Method.Answer.of(sessions.list(principal(call), call.params()));
    }

    private Method.Answer create(Method.Call<SessionsNewParams> call) {
        SessionInfo session = sessions.create(principal(call), call.params());
        return new Method.Answer(new SessionsNewPayload(session.id(), session.title(), session.createdAt()), () -> {
            call.from().following().enter(session.id(), new Following.From(null, session.headSeq(), false));
            notices.changed(session.id());
        });
    }

    private Method.Answer enter(Method.Call<SessionCursorParams> call) {
        SessionId id = call.params().sessionId();
        SessionInfo session = sessions.find(principal(call), id);
        long head = log.headSeq(id);
        Following.From from = Cursors.from(call.params().afterSeq(), head);
        SessionsSwitchPayload payload = new SessionsSwitchPayload(
                id,
                session.title(),
                sessions.history(principal(call), id, null, null).messages(),
                head,
                inputs.of(principal(call), id)); // after the head: what is asked later comes as an event
        return new Method.Answer(payload, () -> call.from().following().enter(id, from));
    }

    private Method.Answer attach(Method.Call<SessionCursorParams> call) {
        SessionId id = call.params().sessionId();
        sessions.find(principal(call), id);
        long head = log.headSeq(id);
        Following.From from = Cursors.from(call.params().afterSeq(), head);
        return new Method.Answer(
                new SessionsAttachPayload(id, head, inputs.of(principal(call), id)),
                () -> call.from().following().attach(id, from));
    }

    private Method.Answer detach(Method.Call<SessionIdParams> call) {
        SessionId id = call.params().sessionId();
        if (!call.from().following().leave(id)) {
            throw new AgentException(new AgentError.NotFound("this connection does not follow session " + id));
        }
        return Method.Answer.of(call.params());
    }

    private Method.Answer history(Method.Call<HistoryParams> call) {
        SessionId id = orCurrent(call.from(), call.params().sessionId());
        return Method.Answer.of(sessions.history(
                principal(call), id, call.params().limit(), call.params().before()));
    }

    private Method.Answer search(Method.Call<SearchParams> call) {
        return Method.Answer.of(sessions.search(principal(call), call.params()));
    }

    private Method.Answer rename(Method.Call<RenameParams> call) {
        return changed(sessions.rename(
                principal(call), call.params().sessionId(), call.params().title()));
    }

    private Method.Answer archive(Method.Call<SessionIdParams> call) {
        return changed(sessions.archive(principal(call), call.params().sessionId()));
    }

    private Method.Answer restore(Method.Call<SessionIdParams> call) {
        return changed(changes.restore(principal(call), call.params().sessionId()));
    }

    private Method.Answer update(Method.Call<SessionsUpdateParams> call) {
        return changed(changes.update(principal(call), call.params()));
    }

    private Method.Answer changed(SessionView session) {
        return new Method.Answer(new SessionPayload(session), () -> notices.changed(session.id()));
    }

    private Method.Answer delete(Method.Call<SessionIdParams> call) {
        SessionId id = call.params().sessionId();
        SessionView last = sessions.view(principal(call), id);
        sessions.delete(principal(call), id);
        return new Method.Answer(call.params(), () -> notices.deleted(principal(call), last));
    }

    /// The session that a request is about.
    ///
    /// @throws AgentException with `InvalidRequest` if neither is there
    static SessionId orCurrent(Connection from, @Nullable SessionId named) {
        SessionId session = named == null ? from.following().current() : named;
        if (session == null) {
            throw new AgentException(
                    new AgentError.InvalidRequest("sessionId is required: this connection has no current session"));
        }
        return session;
    }

    private static Principal principal(Method.Call<?> call) {
        return call.from().client().principal();
    }
}
