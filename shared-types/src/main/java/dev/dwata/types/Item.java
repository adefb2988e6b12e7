package dev.dwata.types;

import tools.jackson.databind.JsonNode;

/// Something that people and agents work on together: a clip, a song, a document.
///
/// @param content an object, whose shape depends on the kind
public record Item(ItemInfo info, JsonNode content) {
    public ItemId id() {
        return info.id();
    }

    public ItemKind kind() {
        return info.kind();
    }

    public long version() {
        return info.version();
    }
}
