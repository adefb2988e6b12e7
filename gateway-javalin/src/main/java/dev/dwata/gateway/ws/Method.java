package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.ParamsReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One method of the protocol.
///
/// @param ackFirst whether the response must go out before any event that comes of the request
record Method<P extends Record>(String name, ParamsReader<P> params, Body<P> body, boolean ackFirst) {

    static <P extends Record> Method<P> of(String name, Class<P> params, Body<P> body) {
        return new Method<>(name, new ParamsReader<>(params), body, false);
    }

    Method<P> ackedFirst() {
        return new Method<>(name, params, body, true);
    }

    /// What a method does. May block. Fails with [dev.dwata.types.AgentException].
    @FunctionalInterface
    interface Body<P> {
        Answer answer(Call<P> call);
    }

    /// @param params the same as `raw`, checked
    /// @param raw    as sent; absent where nothing was
    record Call<P>(
            Connection from,
            Incoming.Request request,
            P params,
            @Nullable JsonNode raw) {}

    /// @param payload of the response
    /// @param then    what happens after the response went out
    record Answer(Object payload, Runnable then) {
        static Answer of(Object payload) {
            return new Answer(payload, () -> {});
        }
    }

    Answer answer(Connection from, Incoming.Request request) {
        return body.answer(new Call<>(from, request, params.read(request.params()), request.params()));
    }
}
