package dev.dwata.types.wire;

import java.util.List;

/// Items without their contents, those changed last first.
///
/// @param total how many there are, listed or not
public record ItemsListPayload(List<ItemView> items, long total) {
    public ItemsListPayload {
        items = List.copyOf(items);
    }
}
