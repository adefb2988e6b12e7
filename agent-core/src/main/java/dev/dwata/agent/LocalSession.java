package dev.dwata.agent;

import dev.dwata.agent.presence.SessionAgent;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Sessions.Change;
import dev.dwata.agent.store.Title;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.AgentType;
import dev.dwata.types.MessageId;
import dev.dwata.types.Participant;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session of this JVM's store.
record LocalSession(LocalRuntime runtime, Engine engine, Principal owner, SessionId id) implements Session {
    @Override
    public SessionInfo info() {
        return engine.store()
                .sessions()
                .find(owner, id)
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no session " + id)));
    }

    @Override
    public Run prompt(Prompt prompt) {
        return engine.prompt(runtime, owner, info(), prompt);
    }

    @Override
    public MessagePage history(int limit, @Nullable MessageId before) {
        if (limit < 1 || limit > SessionQuery.MAX_LIMIT) {
            throw new AgentException(new AgentError.InvalidRequest("limit must be 1 to 200, not " + limit));
        }
        info();
        return engine.store().sessions().messages(id, limit, before);
    }

    @Override
    public EventStream events(long afterSeq) {
        info();
        return engine.events(id, afterSeq);
    }

    @Override
    public List<Participant> participants() {
        return List.of(SessionAgent.of(engine.store(), info(), AgentType.EMBEDDED));
    }

    @Override
    public void rename(String title) {
        engine.store().sessions().update(owner, id, Change.title(Title.of(title)));
    }

    @Override
    public void archive() {
        engine.store().sessions().update(owner, id, Change.status(SessionStatus.ARCHIVED));
    }
}
