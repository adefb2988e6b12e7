package dev.dwata.agent;

import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.SessionId;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.wire.MessageView;
import dev.dwata.types.wire.SnapshotView;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What all streams say of a cursor that they cannot go on from.
public final class EventStreams {
    /// How many messages a snapshot holds.
    private static final int SNAPSHOT = 20;

    private EventStreams() {}

    /// @throws AgentException with `InvalidRequest` if negative
    public static void checkCursor(long afterSeq) {
        if (afterSeq < 0) {
            throw new AgentException(new AgentError.InvalidRequest("afterSeq must be 0 or more, not " + afterSeq));
        }
    }

    /// What a reader gets before `merged`, an entry that its cursor lies in. Reads the store.
    public static Envelope truncated(Store store, Envelope merged) {
        SessionId session = merged.sessionId();
        long head = store.log().headSeq(session);
        List<StoredMessage> recent =
                store.sessions().messages(session, SNAPSHOT, null).messages();
        List<MessageId> calling = recent.stream()
                .filter(MessageView::hasToolCalls)
                .map(StoredMessage::id)
                .toList();
        List<ToolCallInfo> calls =
                calling.isEmpty() ? List.of() : store.sessions().toolCalls(session, calling);
        JsonNode snapshot = Json.MAPPER.valueToTree(SnapshotView.of(head, recent, calls));
        return new Envelope(
                session, 0, merged.time(), merged.runId(), new AgentEvent.Truncated(merged.firstSeq(), snapshot));
    }

    public static AgentError ahead(long afterSeq, long headSeq) {
        return new AgentError.Conflict(
                "afterSeq " + afterSeq + " is ahead of the session's log, which ends at " + headSeq,
                Map.of("headSeq", headSeq));
    }
}
