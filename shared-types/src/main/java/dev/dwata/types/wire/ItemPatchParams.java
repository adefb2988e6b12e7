package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Changes an item by a JSON merge patch (RFC 7396): what is absent stays, `null` removes.
///
/// @param version the one that the change was made for; absent: whatever it is
public record ItemPatchParams(
        @Nullable String title,
        @Nullable String projectId,
        @Nullable JsonNode content,
        @Nullable Long version) {}
