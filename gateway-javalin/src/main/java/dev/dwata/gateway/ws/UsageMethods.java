package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.UsageOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.UsageParams;
import java.util.List;

/// `usage`
record UsageMethods(UsageOperations operations) {
    List<Method<?>> all() {
        return List.of(Method.of(
                "usage",
                Scope.READ,
                UsageParams.class,
                call -> Method.Answer.of(operations.usage(call.from().client().principal(), call.params()))));
    }
}
