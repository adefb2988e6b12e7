package dev.dwata.gateway.api;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.wire.ItemCreateParams;
import dev.dwata.types.wire.ItemDeletePayload;
import dev.dwata.types.wire.ItemHitView;
import dev.dwata.types.wire.ItemView;
import dev.dwata.types.wire.ItemsListParams;
import dev.dwata.types.wire.ItemsListPayload;
import dev.dwata.types.wire.ItemsSearchPayload;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Items, for one principal at a time: another's item does not exist.
public final class ItemOperations {
    private static final int LISTED = 50;

    private final Items items;

    public ItemOperations(Items items) {
        this.items = items;
    }

    public ItemsListPayload list(Principal who, ItemsListParams params) {
        Items.Page page = items.list(who, query(params));
        return new ItemsListPayload(page.items().stream().map(ItemView::of).toList(), page.total());
    }

    /// @throws AgentException with `InvalidRequest` also where there is no word to look for
    public ItemsSearchPayload search(Principal who, ItemsListParams params) {
        ItemQuery query = query(params);
        if (query.query() == null) {
            throw invalid("query is required");
        }
        return new ItemsSearchPayload(items.search(who, query).stream()
                .map(hit -> new ItemHitView(ItemView.of(hit.item()), hit.snippet()))
                .toList());
    }

    private static ItemQuery query(ItemsListParams params) {
        String query = params.query() == null || params.query().isBlank() ? null : params.query();
        return valid(() -> new ItemQuery(
                params.kind(),
                params.projectId(),
                query,
                params.limit() == null ? LISTED : params.limit(),
                params.offset() == null ? 0 : params.offset()));
    }

    /// @param version absent: the present one
    /// @throws AgentException with `NotFound`
    public ItemView get(Principal who, ItemId id, @Nullable Long version) {
        if (version == null) {
            return view(who, items.find(who, id).orElseThrow(() -> Refusal.noItem(id)));
        }
        return view(
                who,
                items.find(who, id, version)
                        .orElseThrow(() -> new AgentException(
                                new AgentError.NotFound("there is no version " + version + " of item " + id))));
    }

    /// The versions that are kept, the latest first.
    ///
    /// @throws AgentException with `NotFound`
    public ItemsListPayload versions(Principal who, ItemId id) {
        List<ItemView> versions =
                items.versions(who, id).stream().map(ItemView::of).toList();
        if (versions.isEmpty()) {
            throw Refusal.noItem(id);
        }
        return new ItemsListPayload(versions, versions.size());
    }

    /// @param sent what makes two requests of one key the same request
    public ItemView create(ItemAuthor by, ItemCreateParams params, @Nullable JsonNode sent) {
        ItemDraft draft = new ItemDraft(params.kind(), params.title(), params.projectId(), params.content());
        return view(by.principal(), items.create(by.principal(), draft, by, key(params.idempotencyKey(), sent)));
    }

    private static Items.@Nullable Key key(@Nullable String key, @Nullable JsonNode sent) {
        if (key == null || !(sent instanceof ObjectNode request)) {
            return null;
        }
        ObjectNode compared = request.deepCopy();
        compared.remove("idempotencyKey");
        IdempotencyKey checked = valid(() -> new IdempotencyKey("items.create", key, PayloadDigest.ofAll(compared)));
        return new Items.Key(checked.key(), checked.payloadDigest());
    }

    public ItemView update(ItemAuthor by, ItemId id, ItemEdit edit) {
        return view(by.principal(), items.update(by.principal(), id, edit, by));
    }

    /// The change that `items.update` asks for: what is named, and of the content all or, with `patch`, some.
    public static ItemEdit edit(@Nullable Long version, @Nullable JsonNode sent) {
        JsonNode params = sent == null ? Json.MAPPER.createObjectNode() : sent;
        JsonNode content = params.path("content");
        boolean patches =
                !params.path("patch").isMissingNode() && !params.path("patch").isNull();
        if (patches && !content.isMissingNode()) {
            throw invalid("give either content or patch, not both");
        }
        ObjectNode changes = Json.MAPPER.createObjectNode();
        for (String field : new String[] {"title", "projectId"}) {
            if (params.has(field)) {
                changes.set(field, params.get(field));
            }
        }
        if (patches) {
            changes.set("content", params.get("patch"));
        }
        ItemEdit named = ItemEdit.patch(version, changes);
        return content.isMissingNode() || content.isNull()
                ? named
                : new ItemEdit(version, null, before -> {
                    ItemDraft after = named.change().apply(before);
                    return new ItemDraft(after.kind(), after.title(), after.projectId(), content);
                });
    }

    public ItemDeletePayload delete(ItemAuthor by, ItemId id, @Nullable Long version) {
        Items.Deletion deleted = items.delete(by.principal(), id, version, by);
        return new ItemDeletePayload(
                id, true, deleted.referredBy().stream().map(ItemView::of).toList());
    }

    /// @throws AgentException with `NotFound` if it is not there, or of another kind
    public void expectKind(Principal who, ItemId id, ItemKind kind) {
        if (items.find(who, id).filter(item -> item.kind().equals(kind)).isEmpty()) {
            throw new AgentException(new AgentError.NotFound("there is no " + kind + " " + id));
        }
    }

    /// What clients see of it.
    public ItemView view(Principal who, Item item) {
        return ItemView.of(item, items.missing(who, item));
    }

    private static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }

    private static <T> T valid(Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new AgentException(new AgentError.InvalidRequest(String.valueOf(e.getMessage())), e);
        }
    }
}
