package dev.dwata.types.wire;

import java.util.List;

/// Items without their contents, the best first.
public record ItemsSearchPayload(List<ItemHitView> results) {
    public ItemsSearchPayload {
        results = List.copyOf(results);
    }
}
