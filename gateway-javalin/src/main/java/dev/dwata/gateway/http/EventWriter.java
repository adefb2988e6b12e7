package dev.dwata.gateway.http;

import dev.dwata.gateway.api.EventPayload;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// Writes server-sent events as a browser reads them (html.spec.whatwg.org, "Server-sent events", read
/// 2026-11-21): lines end with LF, and an event with an empty line. A payload is JSON on one line: a line break
/// inside a text is escaped there, whatever the model says.
public final class EventWriter {
    private final OutputStream out;

    public EventWriter(OutputStream out) {
        this.out = out;
    }

    /// How long a client waits before it comes back.
    public void reconnectAfter(Duration time) throws IOException {
        write("retry: " + time.toMillis() + "\n\n");
    }

    /// An entry carries its number as the id, by which the client goes on; a live event leaves the id before.
    public void event(Envelope envelope) throws IOException {
        ObjectNode payload = EventPayload.of(envelope);
        if (envelope.merged()) {
            payload.put("firstSeq", envelope.firstSeq());
        }
        String id = envelope.seq() == 0 ? "" : "id: " + envelope.seq() + "\n";
        write(id + event(EventCodec.name(envelope.event()), Json.MAPPER.writeValueAsString(payload)));
    }

    public void event(String name, Object payload) throws IOException {
        write(event(name, Json.MAPPER.writeValueAsString(payload)));
    }

    /// Something to keep the connection open with.
    public void comment(String text) throws IOException {
        write(": " + text + "\n\n");
    }

    public void flush() throws IOException {
        out.flush();
    }

    /// The name of an event of a newer version may be anything.
    private static String event(String name, String json) {
        return "event: " + name.replaceAll("[\\r\\n]", " ") + "\ndata: " + json + "\n\n";
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
