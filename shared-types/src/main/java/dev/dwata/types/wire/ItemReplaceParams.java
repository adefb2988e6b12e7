package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Replaces all of an item but its kind.
///
/// @param projectId absent: of no project
/// @param version   the one that the change was made for; absent: whatever it is
public record ItemReplaceParams(
        String title,
        @Nullable String projectId,
        JsonNode content,
        @Nullable Long version) {}
