package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.ModelOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.ModelsListParams;
import java.util.List;

/// `models.list`
record ModelMethods(ModelOperations operations) {
    List<Method<?>> all() {
        return List.of(Method.of(
                "models.list", Scope.READ, ModelsListParams.class, call -> Method.Answer.of(operations.list())));
    }
}
