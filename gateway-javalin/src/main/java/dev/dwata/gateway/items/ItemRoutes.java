package dev.dwata.gateway.items;

import dev.dwata.agent.item.ItemEdit;
import dev.dwata.gateway.api.ItemOperations;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.http.Asked;
import dev.dwata.types.ClientType;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.wire.ItemCreateParams;
import dev.dwata.types.wire.ItemPatchParams;
import dev.dwata.types.wire.ItemReplaceParams;
import dev.dwata.types.wire.ItemView;
import dev.dwata.types.wire.ItemsListParams;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Items of one kind, or of all.
///
/// @param kind absent: all
record ItemRoutes(ItemOperations items, @Nullable ItemKind kind) {
    private static final ParamsReader<ItemCreateParams> CREATE = new ParamsReader<>(ItemCreateParams.class);
    private static final ParamsReader<ItemReplaceParams> REPLACE = new ParamsReader<>(ItemReplaceParams.class);
    private static final ParamsReader<ItemPatchParams> PATCH = new ParamsReader<>(ItemPatchParams.class);
    private static final ParamsReader<ItemsListParams> LIST = new ParamsReader<>(ItemsListParams.class);

    void list(Context context, Caller caller) {
        ObjectNode asked = Json.MAPPER.createObjectNode();
        for (String text : new String[] {"kind", "projectId", "query"}) {
            String value = Asked.query(context, text);
            if (value != null) {
                asked.put(text, value);
            }
        }
        for (String number : new String[] {"limit", "offset"}) {
            String value = Asked.query(context, number);
            if (value != null) {
                asked.put(number, Asked.integer(number, value));
            }
        }
        if (kind != null) {
            asked.put("kind", kind.name());
        }
        json(context, 200, items.list(caller.principal(), LIST.read(asked)));
    }

    void create(Context context, Caller caller) {
        ObjectNode body = Asked.body(context);
        String key = Asked.header(context, "Idempotency-Key");
        if (key != null) {
            body.put("idempotencyKey", key);
        }
        if (kind != null) {
            if (body.hasNonNull("kind") && !body.get("kind").equals(Json.MAPPER.valueToTree(kind))) {
                throw Asked.invalid("kind must be " + kind + " here");
            }
            body.put("kind", kind.name());
        }
        ItemView made = items.create(author(caller), CREATE.read(body), body);
        context.header("Location", "/api/v1/items/" + made.id());
        answer(context, 201, made);
    }

    void get(Context context, Caller caller) {
        String version = Asked.query(context, "version");
        ItemView item = items.get(
                caller.principal(), id(context, caller), version == null ? null : Asked.integer("version", version));
        if (etag(item).equals(Asked.header(context, "If-None-Match"))) {
            context.header("ETag", etag(item)).status(304);
        } else {
            answer(context, 200, item);
        }
    }

    void versions(Context context, Caller caller) {
        json(context, 200, items.versions(caller.principal(), id(context, caller)));
    }

    void replace(Context context, Caller caller) {
        ItemReplaceParams params = REPLACE.read(Asked.body(context));
        ItemEdit edit = ItemEdit.replace(
                expected(context, params.version()), params.title(), params.projectId(), params.content());
        answer(context, 200, items.update(author(caller), id(context, caller), edit));
    }

    void patch(Context context, Caller caller) {
        ObjectNode body = Asked.body(context);
        ItemPatchParams params = PATCH.read(body);
        ItemEdit edit = ItemEdit.patch(expected(context, params.version()), body);
        answer(context, 200, items.update(author(caller), id(context, caller), edit));
    }

    void delete(Context context, Caller caller) {
        json(context, 200, items.delete(author(caller), id(context, caller), expected(context, null)));
    }

    private ItemId id(Context context, Caller caller) {
        ItemId id = Asked.id(context, ItemId::new);
        if (kind != null) {
            items.expectKind(caller.principal(), id, kind);
        }
        return id;
    }

    /// The version that a change was made for; absent: whatever it is.
    private static @Nullable Long expected(Context context, @Nullable Long inBody) {
        String header = Asked.header(context, "If-Match");
        if (header == null || header.equals("*")) {
            return inBody;
        }
        if (!header.matches("\"[0-9]{1,18}\"")) {
            throw Asked.invalid("If-Match must be a version in quotes, such as \"3\", or *");
        }
        long version = Long.parseLong(header.substring(1, header.length() - 1));
        if (inBody != null && inBody != version) {
            throw Asked.invalid("version and If-Match must be the same");
        }
        return version;
    }

    private static ItemAuthor author(Caller caller) {
        return ItemAuthor.client(caller.principal(), ClientType.RUNTIME, null, null);
    }

    private static String etag(ItemView item) {
        return "\"" + item.version() + "\"";
    }

    private static void answer(Context context, int status, ItemView item) {
        context.header("ETag", etag(item));
        json(context, status, item);
    }

    private static void json(Context context, int status, Object body) {
        context.status(status).contentType("application/json").result(Json.MAPPER.writeValueAsString(body));
    }
}
