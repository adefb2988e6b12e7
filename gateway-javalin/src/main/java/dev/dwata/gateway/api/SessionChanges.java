package dev.dwata.gateway.api;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.Sessions.Change;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.Title;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.wire.SessionView;
import dev.dwata.types.wire.SessionsUpdateParams;

/// Changes of sessions, for one principal at a time.
public record SessionChanges(LocalRuntime runtime, Store store, Models models, SessionOperations sessions) {

    /// Changes all that is given, or nothing.
    ///
    /// @throws AgentException with `InvalidRequest` naming the field; `NotFound` for the session or the agent;
    ///                        `ModelNotConfigured`
    public SessionView update(Principal who, SessionsUpdateParams params) {
        if (params.status() == SessionStatus.ERROR) {
            throw new AgentException(new AgentError.InvalidRequest("status must be active or archived"));
        }
        Change change = new Change(
                params.title() == null ? null : Title.of(params.title()),
                params.status(),
                params.model() == null ? null : models.choose(params.model()).id(),
                params.agentName() == null
                        ? null
                        : runtime.agents().find(params.agentName()).name());
        if (change.equals(new Change(null, null, null, null))) {
            throw new AgentException(
                    new AgentError.InvalidRequest("give at least one of title, status, model and agentName"));
        }
        store.sessions().update(who, params.sessionId(), change);
        return sessions.view(who, params.sessionId());
    }

    /// Brings a session back that was archived.
    public SessionView restore(Principal who, SessionId id) {
        store.sessions().update(who, id, Change.status(SessionStatus.ACTIVE));
        return sessions.view(who, id);
    }
}
