package dev.dwata.types.wire;

import dev.dwata.types.Json;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// Reads the `details` of an error.
final class Details {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private Details() {}

    static Map<String, Object> map(JsonNode details) {
        return details.isObject() ? Json.MAPPER.convertValue(details, MAP) : Map.of();
    }
}
