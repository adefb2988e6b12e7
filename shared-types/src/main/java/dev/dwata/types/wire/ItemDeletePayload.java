package dev.dwata.types.wire;

import dev.dwata.types.ItemId;
import java.util.List;

/// An item is gone.
///
/// @param referredBy items that still refer to it, at most 20
public record ItemDeletePayload(ItemId itemId, boolean deleted, List<ItemView> referredBy) {
    public ItemDeletePayload {
        referredBy = List.copyOf(referredBy);
    }
}
