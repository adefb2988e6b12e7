package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.types.AgentError;
import dev.dwata.types.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/// What a text message of a client turns out to be.
sealed interface Incoming {
    int MAX_ID = 256;

    /// @param id     a string; its response carries the same
    /// @param params absent where there are none
    record Request(JsonNode id, String method, @Nullable JsonNode params) implements Incoming {
        String requestId() {
            return id.stringValue();
        }
    }

    /// JSON, but no request.
    ///
    /// @param id as far as there is one that a response can carry
    record NoRequest(@Nullable JsonNode id, AgentError error) implements Incoming {}

    /// Not JSON, or JSON that nobody sends in good faith.
    record Unreadable(AgentError error) implements Incoming {}

    static Incoming read(String message) {
        JsonNode frame;
        try {
            frame = Json.STRICT.readTree(message);
        } catch (JacksonException e) {
            return new Unreadable(invalid("the message is not valid JSON" + at(e.getLocation())));
        }
        if (frame == null || frame.isMissingNode()) {
            return new Unreadable(invalid("the message is empty"));
        }
        return frame.isObject()
                ? request(frame)
                : new NoRequest(null, invalid("the message must be a JSON object, not " + ParamsReader.kind(frame)));
    }

    private static Incoming request(JsonNode frame) {
        JsonNode id = frame.path("id");
        if (!id.isString() || id.stringValue().isEmpty() || id.stringValue().length() > MAX_ID) {
            boolean whole = id.isIntegralNumber() && id.canConvertToLong();
            return new NoRequest(whole ? id : null, invalid("id must be a string of 1 to " + MAX_ID + " characters"));
        }
        if (!frame.path("type").isString() || !frame.path("type").stringValue().equals("req")) {
            return new NoRequest(id, invalid("type must be \"req\""));
        }
        if (!frame.path("method").isString()) {
            return new NoRequest(id, invalid("method must be a string"));
        }
        JsonNode params = frame.get("params");
        if (params != null && !params.isNull() && !params.isObject()) {
            return new NoRequest(id, invalid("params must be an object, not " + ParamsReader.kind(params)));
        }
        return new Request(id, frame.path("method").stringValue(), params == null || params.isNull() ? null : params);
    }

    private static AgentError invalid(String message) {
        return new AgentError.InvalidRequest(message);
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }
}
