package dev.dwata.agent.item;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// That an item is part of another one.
///
/// @param field   where the other says so, for example `content.items[0].itemId`
/// @param allowed the kinds that may be there
public record Reference(String field, ItemId item, Set<ItemKind> allowed) {
    public Reference {
        allowed = Set.copyOf(allowed);
    }

    static List<Reference> in(ItemDraft draft) {
        Set<ItemKind> allowed = allowed(draft.kind());
        List<Reference> references = new ArrayList<>();
        JsonNode items = draft.content().path("items");
        for (int i = 0; !allowed.isEmpty() && i < items.size(); i++) {
            Field field =
                    new Field("content.items[" + i + "].itemId", items.get(i).path("itemId"));
            references.add(new Reference(field.name(), id(field), allowed));
        }
        return references;
    }

    private static Set<ItemKind> allowed(ItemKind kind) {
        return switch (kind.name()) {
            case "song" -> Set.of(ItemKind.CLIP);
            case "playlist" -> Set.of(ItemKind.SONG, ItemKind.CLIP);
            default -> Set.of();
        };
    }

    static ItemId id(Field field) {
        String text = field.text();
        try {
            return new ItemId(text);
        } catch (IllegalArgumentException e) {
            throw Field.invalid(field.name() + ": " + e.getMessage());
        }
    }

    /// @param found what kind of item it is; absent: there is none
    /// @throws AgentException with `InvalidRequest`, naming the field
    public void check(@Nullable ItemKind found) {
        if (found == null) {
            throw invalid("there is no item " + item);
        }
        if (!allowed.contains(found)) {
            List<String> names = allowed.stream().map(ItemKind::name).sorted().toList();
            throw invalid("item " + item + " is a " + found + ", not a " + String.join(" or a ", names));
        }
    }

    private AgentException invalid(String why) {
        return new AgentException(new AgentError.InvalidRequest(field + ": " + why));
    }
}
