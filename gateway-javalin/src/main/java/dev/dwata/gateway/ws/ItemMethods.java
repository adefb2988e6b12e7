package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.ItemOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.Principal;
import dev.dwata.types.wire.ItemCreateParams;
import dev.dwata.types.wire.ItemDeleteParams;
import dev.dwata.types.wire.ItemGetParams;
import dev.dwata.types.wire.ItemPayload;
import dev.dwata.types.wire.ItemUpdateParams;
import dev.dwata.types.wire.ItemView;
import dev.dwata.types.wire.ItemsListParams;
import java.util.List;

/// `items.*`
record ItemMethods(ItemOperations items) {
    List<Method<?>> all() {
        return List.of(
                Method.of("items.list", Scope.READ, ItemsListParams.class, this::list),
                Method.of("items.get", Scope.READ, ItemGetParams.class, this::get),
                Method.of(
                        "items.search",
                        Scope.READ,
                        ItemsListParams.class,
                        call -> Method.Answer.of(items.search(principal(call), call.params()))),
                Method.of("items.create", Scope.RUN, ItemCreateParams.class, this::create),
                Method.of("items.update", Scope.RUN, ItemUpdateParams.class, this::update),
                Method.of("items.delete", Scope.RUN, ItemDeleteParams.class, this::delete));
    }

    private Method.Answer list(Method.Call<ItemsListParams> call) {
        call.from().watchItems();
        return Method.Answer.of(items.list(principal(call), call.params()));
    }

    private Method.Answer get(Method.Call<ItemGetParams> call) {
        return answer(
                items.get(principal(call), call.params().itemId(), call.params().version()));
    }

    private Method.Answer create(Method.Call<ItemCreateParams> call) {
        return answer(items.create(author(call), call.params(), call.raw()));
    }

    private Method.Answer update(Method.Call<ItemUpdateParams> call) {
        return answer(items.update(
                author(call),
                call.params().itemId(),
                ItemOperations.edit(call.params().version(), call.raw())));
    }

    private Method.Answer delete(Method.Call<ItemDeleteParams> call) {
        return Method.Answer.of(
                items.delete(author(call), call.params().itemId(), call.params().version()));
    }

    private static Method.Answer answer(ItemView item) {
        return Method.Answer.of(new ItemPayload(item));
    }

    private static Principal principal(Method.Call<?> call) {
        return call.from().client().principal();
    }

    private static ItemAuthor author(Method.Call<?> call) {
        Identity client = call.from().client();
        return ItemAuthor.client(
                client.principal(),
                client.clientType(),
                client.clientId(),
                call.from().id());
    }
}
