package dev.dwata.agent.remote;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.EventStreams;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.MessagePage;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Participant;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.wire.HistoryParams;
import dev.dwata.types.wire.HistoryPayload;
import dev.dwata.types.wire.ParticipantView;
import dev.dwata.types.wire.RenameParams;
import dev.dwata.types.wire.SessionIdParams;
import dev.dwata.types.wire.StatusParams;
import dev.dwata.types.wire.StatusPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session of a gateway.
record RemoteSession(RemoteRuntime runtime, Link link, SessionId id) implements Session {

    @Override
    public SessionInfo info() {
        return Views.info(status().view());
    }

    @Override
    public List<Participant> participants() {
        return status().participants().stream()
                .map(ParticipantView::participant)
                .toList();
    }

    private StatusPayload.Session status() {
        StatusPayload status =
                Json.MAPPER.treeToValue(link.callAgain("status", new StatusParams(id)), StatusPayload.class);
        if (status.session() == null) {
            throw new AgentException(new AgentError.NotFound("there is no session " + id));
        }
        return status.session();
    }

    @Override
    public Run prompt(Prompt prompt) {
        return runtime.prompt(id, prompt);
    }

    @Override
    public MessagePage history(int limit, @Nullable MessageId before) {
        HistoryPayload page = Json.MAPPER.treeToValue(
                link.callAgain("sessions.history", new HistoryParams(id, limit, before)), HistoryPayload.class);
        return new MessagePage(
                page.messages().stream().map(view -> Views.message(id, view)).toList(), page.hasMore());
    }

    @Override
    public EventStream events(long afterSeq) {
        EventStreams.checkCursor(afterSeq);
        return new RemoteEventStream(link, id, afterSeq);
    }

    @Override
    public void rename(String title) {
        link.callAgain("sessions.rename", new RenameParams(id, title));
    }

    @Override
    public void archive() {
        link.callAgain("sessions.archive", new SessionIdParams(id));
    }
}
