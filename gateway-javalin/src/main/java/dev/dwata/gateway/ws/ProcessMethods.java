package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.ProcessOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.ProcessCancelParams;
import dev.dwata.types.wire.ProcessesListParams;
import java.util.List;

/// `processes.list` and `processes.cancel`
record ProcessMethods(ProcessOperations operations) {
    List<Method<?>> all() {
        return List.of(
                Method.of(
                        "processes.list",
                        Scope.READ,
                        ProcessesListParams.class,
                        call -> Method.Answer.of(operations.list(
                                call.from().client().principal(), call.params().sessionId()))),
                Method.of(
                        "processes.cancel",
                        Scope.RUN,
                        ProcessCancelParams.class,
                        call -> Method.Answer.of(
                                operations.cancel(call.from().client().principal(), call.params()))));
    }
}
