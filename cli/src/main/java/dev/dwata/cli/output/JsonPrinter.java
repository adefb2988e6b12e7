package dev.dwata.cli.output;

import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import java.io.PrintStream;
import tools.jackson.databind.node.ObjectNode;

/// One event a line, `{"event":…,"payload":{…},"seq":…,"time":…}`, as an event frame of the WebSocket protocol
/// has them; `seq` only for entries of the log.
public final class JsonPrinter implements EventPrinter {
    private final PrintStream out;
    private final String clientId;

    /// @param clientId what this client calls itself, by which it knows its own messages
    public JsonPrinter(PrintStream out, String clientId) {
        this.out = out;
        this.clientId = clientId;
    }

    @Override
    public void print(Envelope envelope) {
        ObjectNode payload = Json.MAPPER.createObjectNode();
        payload.put("sessionId", envelope.sessionId().value());
        if (envelope.runId() != null) {
            payload.put("runId", envelope.runId().value());
        }
        payload.setAll(EventCodec.tree(envelope.event()));
        if (envelope.event() instanceof MessageReceived message) {
            payload.remove("clientId");
            payload.remove("connectionId");
            payload.put("fromSelf", clientId.equals(message.clientId()));
        }
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("event", EventCodec.name(envelope.event()));
        line.set("payload", payload);
        if (envelope.seq() > 0) {
            line.put("seq", envelope.seq());
        }
        line.put("time", Json.format(envelope.time()));
        if (envelope.merged()) {
            line.put("firstSeq", envelope.firstSeq());
        }
        value(line);
    }

    /// Any value as a line.
    public void value(Object value) {
        out.println(Json.MAPPER.writeValueAsString(value));
        out.flush();
    }
}
