package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.auth.Scope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One method of the protocol.
///
/// @param scope    what callers need
/// @param ackFirst whether the response must go out before any event that comes of the request
record Method<P extends Record>(String name, Scope scope, ParamsReader<P> params, Body<P> body, boolean ackFirst) {

    static <P extends Record> Method<P> of(String name, Scope scope, Class<P> params, Body<P> body) {
        return new Method<>(name, scope, new ParamsReader<>(params), body, false);
    }

    Method<P> ackedFirst() {
        return new Method<>(name, scope, params, body, true);
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
        from.client().caller().require(scope);
        return body.answer(new Call<>(from, request, params.read(request.params()), request.params()));
    }
}
