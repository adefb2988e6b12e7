package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Utf8;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.PresenceUpdateParams;
import dev.dwata.types.wire.PresenceUpdatePayload;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `presence.update`
record PresenceMethods(Rooms rooms) {
    private static final int MOST_BYTES = 4 << 10;

    List<Method<?>> all() {
        return List.of(Method.of("presence.update", Scope.READ, PresenceUpdateParams.class, this::update));
    }

    private Method.Answer update(Method.Call<PresenceUpdateParams> call) {
        SessionId session = SessionMethods.orCurrent(call.from(), call.params().sessionId());
        JsonNode state = checked(call.params().state());
        if (!rooms.show(call.from(), session, state)) {
            throw new AgentException(new AgentError.InvalidRequest(
                    "this connection does not follow session " + session + ": sessions.attach comes first"));
        }
        return Method.Answer.of(new PresenceUpdatePayload(session));
    }

    private static @Nullable JsonNode checked(@Nullable JsonNode state) {
        if (state == null || state.isNull()) {
            return null;
        }
        if (!state.isObject()) {
            throw new AgentException(
                    new AgentError.InvalidRequest("state must be an object, not " + ParamsReader.kind(state)));
        }
        int bytes = Utf8.length(state.toString());
        if (bytes > MOST_BYTES) {
            throw new AgentException(
                    new AgentError.TooLarge("state must be at most " + MOST_BYTES + " bytes, not " + bytes));
        }
        return state;
    }
}
