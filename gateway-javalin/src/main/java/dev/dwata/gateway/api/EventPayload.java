package dev.dwata.gateway.api;

import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import tools.jackson.databind.node.ObjectNode;

/// The payload of an event as it goes out, the same on every door.
public final class EventPayload {
    private EventPayload() {}

    /// @return `sessionId`, `runId` where there is one, and what the event says; clients are not told of one
    ///         another's ids, so a message says `fromSelf: false` in their place
    public static ObjectNode of(Envelope envelope) {
        ObjectNode payload = Json.MAPPER
                .createObjectNode()
                .put("sessionId", envelope.sessionId().value());
        if (envelope.runId() != null) {
            payload.put("runId", envelope.runId().value());
        }
        payload.setAll(EventCodec.tree(envelope.event()));
        if (envelope.event() instanceof MessageReceived) {
            payload.remove("clientId");
            payload.remove("connectionId");
            payload.put("fromSelf", false);
        }
        return payload;
    }
}
