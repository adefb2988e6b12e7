package dev.dwata.gateway.items;

import dev.dwata.gateway.api.ItemOperations;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Door;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.gateway.http.Services;
import dev.dwata.gateway.openapi.Operation;
import dev.dwata.types.ItemKind;
import dev.dwata.types.wire.ItemCreateParams;
import dev.dwata.types.wire.ItemDeletePayload;
import dev.dwata.types.wire.ItemPatchParams;
import dev.dwata.types.wire.ItemReplaceParams;
import dev.dwata.types.wire.ItemView;
import dev.dwata.types.wire.ItemsListPayload;
import org.jspecify.annotations.Nullable;

/// `/api/v1/items`, and the same for one kind each under the name of several: `/api/v1/clips` and so on.
public final class ItemDoor implements Door {
    private static final String IF_MATCH = "the version that the change was made for, in quotes, such as \"3\"";

    private final ItemOperations items;

    public ItemDoor(Services services) {
        items = new ItemOperations(services.store().items());
    }

    @Override
    public void register(RouteTable routes) {
        register(routes, "items", null);
        register(routes, "clips", ItemKind.CLIP);
        register(routes, "songs", ItemKind.SONG);
        register(routes, "playlists", ItemKind.PLAYLIST);
        register(routes, "packs", ItemKind.PACK);
        register(routes, "documents", ItemKind.DOCUMENT);
        register(routes, "files", ItemKind.FILE);
    }

    private void register(RouteTable routes, String name, @Nullable ItemKind kind) {
        ItemRoutes of = new ItemRoutes(items, kind);
        String all = "/api/v1/" + name;
        String one = all + "/{id}";
        Operation list = routes.get(all, Scope.READ, of::list)
                .about("items", "List " + name)
                .details("Those changed last come first, without their contents.")
                .query("projectId", String.class, "only those of this project")
                .query("query", String.class, "only those with these words in their titles or contents")
                .query("limit", Integer.class, "1 to 200; default 50")
                .query("offset", Integer.class, "default 0")
                .answers(200, ItemsListPayload.class, "The " + name + ".");
        if (kind == null) {
            list.query("kind", String.class, "only those of this kind");
        }
        routes.post(all, Scope.RUN, of::create)
                .about("items", "Make one of the " + name)
                .header("Idempotency-Key", "asking again under the same key makes nothing")
                .takes(ItemCreateParams.class)
                .answers(201, ItemView.class, "It is made; ETag is its version.");
        routes.get(one, Scope.READ, of::get)
                .about("items", "Read one of the " + name)
                .query("version", Long.class, "an earlier version, as far as it is kept")
                .header("If-None-Match", "the version that is known, in quotes")
                .answers(200, ItemView.class, "The item; ETag is its version.")
                .answersNothing(304, "It is still at the version of If-None-Match.");
        routes.get(one + "/versions", Scope.READ, of::versions)
                .about("items", "List the versions of one of the " + name)
                .answers(200, ItemsListPayload.class, "Those that are kept, the latest first, without contents.");
        routes.put(one, Scope.RUN, of::replace)
                .about("items", "Replace one of the " + name)
                .header("If-Match", IF_MATCH)
                .takes(ItemReplaceParams.class)
                .answers(200, ItemView.class, "It is changed.");
        routes.patch(one, Scope.RUN, of::patch)
                .about("items", "Change one of the " + name)
                .header("If-Match", IF_MATCH)
                .takes(ItemPatchParams.class)
                .answers(200, ItemView.class, "It is changed.");
        routes.delete(one, Scope.RUN, of::delete)
                .about("items", "Delete one of the " + name)
                .header("If-Match", IF_MATCH)
                .answers(200, ItemDeletePayload.class, "It is gone.");
    }
}
