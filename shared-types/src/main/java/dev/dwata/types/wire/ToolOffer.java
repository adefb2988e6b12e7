package dev.dwata.types.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A tool that a client carries out itself.
///
/// @param parameters JSON Schema of the arguments, an object; absent: any object
/// @param timeoutMs  how long a call is waited for; absent: 30 s
public record ToolOffer(
        String name,
        String description,
        @Nullable JsonNode parameters,
        @Nullable Long timeoutMs) {}
