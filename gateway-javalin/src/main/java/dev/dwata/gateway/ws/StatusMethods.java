package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.StatusParams;
import java.util.List;

/// `status`
record StatusMethods(StatusOperations operations) {
    List<Method<?>> all() {
        return List.of(Method.of(
                "status",
                Scope.READ,
                StatusParams.class,
                call -> Method.Answer.of(operations.status(
                        call.from().client().principal(), call.params().sessionId()))));
    }
}
