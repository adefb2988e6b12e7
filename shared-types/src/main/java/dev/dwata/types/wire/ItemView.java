package dev.dwata.types.wire;

import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.ItemKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An item as clients see it.
///
/// @param version 1 for a new one, and one more with every change
/// @param content an object, whose shape depends on the kind; absent in lists
/// @param missing items that it refers to and that are not there any more; absent where there are none
public record ItemView(
        ItemId id,
        ItemKind kind,
        String title,
        @Nullable String projectId,
        long version,
        Instant createdAt,
        Instant updatedAt,
        ItemAuthor updatedBy,
        @Nullable JsonNode content,
        @Nullable List<ItemId> missing) {
    public ItemView {
        missing = missing == null || missing.isEmpty() ? null : List.copyOf(missing);
    }

    public static ItemView of(ItemInfo item) {
        return of(item, null, null);
    }

    public static ItemView of(Item item, List<ItemId> missing) {
        return of(item.info(), item.content(), missing);
    }

    private static ItemView of(ItemInfo item, @Nullable JsonNode content, @Nullable List<ItemId> missing) {
        return new ItemView(
                item.id(),
                item.kind(),
                item.title(),
                item.projectId(),
                item.version(),
                item.createdAt(),
                item.updatedAt(),
                item.updatedBy().withoutConnection(),
                content,
                missing);
    }
}
