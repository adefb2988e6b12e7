package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.MemoryOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.Principal;
import dev.dwata.types.wire.MemoryKeyParams;
import dev.dwata.types.wire.MemoryListParams;
import dev.dwata.types.wire.MemorySearchParams;
import dev.dwata.types.wire.MemorySetParams;
import java.util.List;

/// `memory.*`
record MemoryMethods(MemoryOperations operations) {
    List<Method<?>> all() {
        return List.of(
                Method.of(
                        "memory.get",
                        Scope.READ,
                        MemoryKeyParams.class,
                        call -> Method.Answer.of(operations.get(principal(call), call.params()))),
                Method.of(
                        "memory.set",
                        Scope.RUN,
                        MemorySetParams.class,
                        call -> Method.Answer.of(operations.set(principal(call), call.params()))),
                Method.of(
                        "memory.list",
                        Scope.READ,
                        MemoryListParams.class,
                        call -> Method.Answer.of(operations.list(principal(call), call.params()))),
                Method.of(
                        "memory.search",
                        Scope.READ,
                        MemorySearchParams.class,
                        call -> Method.Answer.of(operations.search(principal(call), call.params()))),
                Method.of(
                        "memory.delete",
                        Scope.RUN,
                        MemoryKeyParams.class,
                        call -> Method.Answer.of(operations.delete(principal(call), call.params()))));
    }

    private static Principal principal(Method.Call<?> call) {
        return call.from().client().principal();
    }
}
