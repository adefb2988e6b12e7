package dev.dwata.types.wire;

import dev.dwata.types.ItemKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes an item.
///
/// @param content        an object, whose shape depends on the kind
/// @param idempotencyKey asking again under the same key makes nothing, and answers the item as it is by then
public record ItemCreateParams(
        ItemKind kind,
        String title,
        @Nullable String projectId,
        JsonNode content,
        @Nullable String idempotencyKey) {}
