package dev.dwata.gateway.ws;

import dev.dwata.gateway.http.Utf8;
import dev.dwata.types.AgentError;
import dev.dwata.types.Envelope;
import dev.dwata.types.ErrorPayload;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A frame as it goes out, encoded once for all who get it.
///
/// @param bytes its length in UTF-8
/// @param event whether it tells what happened: it may share a message with others of its kind, and is kept
///              back while a request is answered
/// @param joining together with those after it
record Outgoing(String text, int bytes, boolean event, Joining joining) {

    Outgoing(String text, int bytes, boolean event) {
        this(text, bytes, event, new Joining());
    }

    static Outgoing response(JsonNode id, Object payload) {
        ObjectNode frame = answer(id, true);
        frame.putPOJO("payload", payload);
        return encoded(frame, false);
    }

    /// @param id absent where the request was unreadable; it is `null` then on the wire, too
    static Outgoing failure(@Nullable JsonNode id, AgentError error) {
        ErrorPayload said = ErrorPayload.of(error, false);
        ObjectNode frame = answer(id, false)
                .put("error", said.message())
                .put("code", said.errorCode())
                .put("retryable", said.retryable());
        if (said.retryAfterMs() != null) {
            frame.put("retryAfterMs", said.retryAfterMs());
        }
        if (said.details() != null) {
            frame.putPOJO("details", said.details());
        }
        return encoded(frame, false);
    }

    /// An event that belongs to the answer of a request.
    static Outgoing result(String name, Object payload) {
        ObjectNode frame = named(name);
        frame.putPOJO("payload", payload);
        return encoded(frame, false);
    }

    /// An event that is not part of a log.
    static Outgoing event(String name, Object payload) {
        ObjectNode frame = named(name);
        frame.putPOJO("payload", payload);
        return encoded(frame, true);
    }

    /// An event of a session's log.
    ///
    /// @param entry what it says of itself
    static Outgoing entry(Envelope entry, ObjectNode payload) {
        ObjectNode frame = named(EventCodec.name(entry.event()));
        frame.set("payload", payload);
        frame.put("seq", entry.seq()).put("time", Json.format(entry.time()));
        if (entry.merged()) {
            frame.put("firstSeq", entry.firstSeq());
        }
        return encoded(frame, true);
    }

    private static ObjectNode named(String name) {
        return Json.MAPPER.createObjectNode().put("type", "event").put("event", name);
    }

    private static ObjectNode answer(@Nullable JsonNode id, boolean ok) {
        ObjectNode frame = Json.MAPPER.createObjectNode().put("type", "res");
        frame.set("id", id == null ? Json.MAPPER.nullNode() : id);
        return frame.put("ok", ok);
    }

    private static Outgoing encoded(ObjectNode frame, boolean event) {
        String text = Json.MAPPER.writeValueAsString(frame);
        return new Outgoing(text, Utf8.length(text), event);
    }
}
