package dev.dwata.gateway.api;

import dev.dwata.agent.Activity;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.presence.SessionAgent;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentException;
import dev.dwata.types.AgentType;
import dev.dwata.types.Participant;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.wire.ParticipantView;
import dev.dwata.types.wire.StatusPayload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How things are.
public final class StatusOperations {
    private final LocalRuntime runtime;
    private final Store store;
    private final Models models;
    private final SessionOperations sessions;
    private final Audience audience;
    private final Version version;

    /// Which gateway this is, and for how long.
    public record Version(String name, LongSupplier uptimeSeconds) {}

    public StatusOperations(
            LocalRuntime runtime,
            Store store,
            Models models,
            SessionOperations sessions,
            Audience audience,
            Version version) {
        this.runtime = runtime;
        this.store = store;
        this.models = models;
        this.sessions = sessions;
        this.audience = audience;
        this.version = version;
    }

    /// What is counted is the caller's own.
    ///
    /// @param id absent: only the gateway
    /// @throws AgentException with `NotFound`
    public StatusPayload status(Principal who, @Nullable SessionId id) {
        StatusPayload.Session session = id == null ? null : session(who, sessions.find(who, id));
        return new StatusPayload(
                new StatusPayload.Gateway(
                        version.name(),
                        version.uptimeSeconds().getAsLong(),
                        audience.connections(who),
                        activeSessions(who)),
                session);
    }

    private int activeSessions(Principal who) {
        Set<SessionId> active = new HashSet<>(audience.followed());
        active.addAll(runtime.busySessions());
        return (int) active.stream()
                .filter(one -> store.sessions().find(who, one).isPresent())
                .count();
    }

    private StatusPayload.Session session(Principal who, SessionInfo session) {
        Activity activity = runtime.activity(session.id());
        TokenUsage usage = store.usage().of(session.id());
        return new StatusPayload.Session(
                session.id(),
                session.messageCount(),
                activity.queued(),
                activity.activeRun(),
                runtime.as(who).inputs(session.id()).size(),
                model(session),
                usage.total(),
                usage,
                sessions.view(session),
                participants(session));
    }

    private List<ParticipantView> participants(SessionInfo session) {
        List<Participant> all = new ArrayList<>(audience.participants(session.id()));
        if (all.stream().noneMatch(Participant.Agent.class::isInstance)) {
            all.add(SessionAgent.of(store, session, AgentType.GATEWAY));
        }
        return all.stream().map(ParticipantView::of).toList();
    }

    /// What answers in a session; where nothing is configured, what would if it were.
    public String model(SessionInfo session) {
        if (session.model() != null) {
            return session.model();
        }
        try {
            return models.choose(runtime.agents().find(session.agentName()).model())
                    .id();
        } catch (AgentException e) {
            List<ModelInfo> known = models.list();
            return known.isEmpty() ? "none" : known.getFirst().id();
        }
    }
}
