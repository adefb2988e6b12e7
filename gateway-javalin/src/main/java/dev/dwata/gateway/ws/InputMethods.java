package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.InputOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.InputListParams;
import dev.dwata.types.wire.InputRespondParams;
import java.util.List;

/// `input.respond`, `tool.respond` and `input.list`
record InputMethods(InputOperations operations) {
    List<Method<?>> all() {
        return List.of(
                Method.of("input.respond", Scope.APPROVE, InputRespondParams.class, this::respond),
                Method.of("tool.respond", Scope.APPROVE, InputRespondParams.class, this::respond),
                Method.of("input.list", Scope.READ, InputListParams.class, this::list));
    }

    private Method.Answer respond(Method.Call<InputRespondParams> call) {
        Identity client = call.from().client();
        return Method.Answer.of(operations.respond(client.principal(), client.label(), call.params()));
    }

    private Method.Answer list(Method.Call<InputListParams> call) {
        return Method.Answer.of(
                operations.list(call.from().client().principal(), call.params().sessionId()));
    }
}
