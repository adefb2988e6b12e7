package dev.dwata.gateway.ws;

import dev.dwata.agent.presence.AgentActivity;
import dev.dwata.agent.presence.SessionAgent;
import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentIdentity;
import dev.dwata.types.AgentState;
import dev.dwata.types.AgentType;
import dev.dwata.types.Envelope;
import dev.dwata.types.Participant;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.wire.SessionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The agent of a session that somebody follows, kept up to date by what happens there. For the one thread of
/// the room, but for [#participant].
final class RoomAgent {
    private final Store store;
    private final SessionId session;
    private AgentActivity activity = AgentActivity.NONE;
    private @Nullable SessionInfo info;
    private volatile Participant.@Nullable Agent participant;

    RoomAgent(Store store, SessionId session) {
        this.store = store;
        this.session = session;
    }

    /// Reads how things are.
    ///
    /// @param owner of the session
    /// @return whether that is news
    boolean look(Principal owner) {
        info = store.sessions().find(owner, session).orElse(null);
        activity = SessionAgent.activity(store, session);
        return refresh();
    }

    /// Whether a session that is like this must be looked at again.
    boolean isOutdatedBy(SessionView now) {
        SessionInfo known = info;
        return known != null && known.status() != now.status();
    }

    /// @return whether the agent is not as it was
    boolean happened(List<Envelope> events) {
        for (Envelope event : events) {
            activity = activity.after(event);
        }
        return refresh();
    }

    private boolean refresh() {
        SessionInfo of = info;
        if (of == null) {
            return false;
        }
        AgentState state = of.status() == SessionStatus.ARCHIVED ? AgentState.TERMINATED : activity.state();
        Participant.Agent before = participant;
        if (before != null && before.state().equals(state)) {
            return false;
        }
        participant = new Participant.Agent(AgentIdentity.of(session, of.agentName(), AgentType.GATEWAY), state);
        return true;
    }

    /// Absent before it was looked for, and where the session is gone.
    Participant.@Nullable Agent participant() {
        return participant;
    }
}
