package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a new session is to be. Everything has a default.
public record SessionsNewParams(
        @Nullable String title,
        @Nullable String agentName,
        @Nullable String model,
        @Nullable String contextType,
        @Nullable String itemId,
        @Nullable String projectId,
        @Nullable JsonNode config) {}
