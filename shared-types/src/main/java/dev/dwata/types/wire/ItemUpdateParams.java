package dev.dwata.types.wire;

import dev.dwata.types.ItemId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Changes an item; what is absent stays.
///
/// @param version   the one that the change was made for; absent: whatever it is
/// @param projectId `null`: of no project
/// @param content   replaces the whole content
/// @param patch     changes the content instead, as a JSON merge patch (RFC 7396)
public record ItemUpdateParams(
        ItemId itemId,
        @Nullable Long version,
        @Nullable String title,
        @Nullable String projectId,
        @Nullable JsonNode content,
        @Nullable JsonNode patch) {}
