package dev.dwata.types.wire;

import java.util.List;

/// Facts.
///
/// @param entries by key; long values are cut
/// @param total   how many there are, listed or not
public record MemoryListPayload(List<FactView> entries, long total) {
    public MemoryListPayload {
        entries = List.copyOf(entries);
    }
}
