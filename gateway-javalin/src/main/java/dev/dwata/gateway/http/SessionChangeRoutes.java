package dev.dwata.gateway.http;

import dev.dwata.gateway.api.Audience;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.api.SessionChanges;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.SessionPayload;
import dev.dwata.types.wire.SessionRemovedPayload;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.SessionsUpdateParams;
import io.javalin.http.Context;
import java.util.function.Consumer;

/// Changing, archiving and deleting sessions.
final class SessionChangeRoutes {
    private final SessionChanges changes;
    private final Audience audience;
    private final Consumer<SessionId> changed;
    private final ParamsReader<SessionsUpdateParams> update = new ParamsReader<>(SessionsUpdateParams.class);

    SessionChangeRoutes(Services services) {
        changes = new SessionChanges(services.runtime(), services.store(), services.models(), services.sessions());
        audience = services.audience();
        changed = services.changed();
    }

    void register(RouteTable routes) {
        routes.patch("/api/v1/sessions/{id}", Scope.RUN, this::update)
                .about("sessions", "Change the title, the status, the model or the agent of a session")
                .takes(SessionsUpdateParams.class, "sessionId")
                .answers(200, SessionPayload.class, "as it is now");
        routes.delete("/api/v1/sessions/{id}", Scope.RUN, this::remove)
                .about("sessions", "Archive a session, or delete it for good")
                .details("To delete it for good needs the scope admin, and that none of its runs is under way.")
                .query("purge", Boolean.class, "whether to delete it for good with all that is in it")
                .answers(200, SessionRemovedPayload.class, "archived: as it is now; deleted: its id");
        routes.post("/api/v1/sessions/{id}/restore", Scope.RUN, this::restore)
                .about("sessions", "Bring an archived session back")
                .answers(200, SessionPayload.class, "as it is now");
    }

    void update(Context context, Caller caller) {
        SessionId id = Asked.id(context, SessionId::new);
        SessionsUpdateParams wanted = update.read(Asked.body(context).put("sessionId", id.value()));
        answer(context, changes.update(caller.principal(), wanted));
    }

    void restore(Context context, Caller caller) {
        answer(context, changes.restore(caller.principal(), Asked.id(context, SessionId::new)));
    }

    /// Puts it away, or deletes it for good, which is another's right.
    void remove(Context context, Caller caller) {
        SessionId id = Asked.id(context, SessionId::new);
        if (!Asked.flag(context, "purge")) {
            SessionView archived = changes.sessions().archive(caller.principal(), id);
            changed.accept(id);
            RestApi.json(context, 200, new SessionRemovedPayload(id, false, archived));
            return;
        }
        caller.require(Scope.ADMIN);
        SessionView last = changes.sessions().view(caller.principal(), id);
        changes.sessions().delete(caller.principal(), id);
        audience.deleted(caller.principal(), last);
        RestApi.json(context, 200, new SessionRemovedPayload(id, true, null));
    }

    private void answer(Context context, SessionView session) {
        changed.accept(session.id());
        RestApi.json(context, 200, new SessionPayload(session));
    }
}
