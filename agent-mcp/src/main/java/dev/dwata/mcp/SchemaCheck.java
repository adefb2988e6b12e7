package dev.dwata.mcp;

import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Whether a schema that somebody else wrote can be shown to a model.
final class SchemaCheck {
    static final int DEEPEST = 32;
    static final int MOST_BYTES = 64 * 1024;
    private static final long MOST_EXPANDED = 20_000;

    private final JsonNode schema;
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private SchemaCheck(JsonNode schema) {
        this.schema = schema;
    }

    /// @return why not; empty where it can
    static Optional<String> problem(JsonNode schema) {
        if (!schema.isObject()) {
            return Optional.of("its schema is not an object");
        }
        JsonNode type = schema.path("type");
        if (!type.isMissingNode() && !(type.isString() && type.stringValue().equals("object"))) {
            return Optional.of("its schema is not one of an object");
        }
        if (isDeeper(schema, DEEPEST)) {
            return Optional.of("its schema is more than " + DEEPEST + " levels deep");
        }
        if (Json.MAPPER.writeValueAsString(schema).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Optional.of("its schema is larger than " + MOST_BYTES / 1024 + " KiB");
        }
        return new SchemaCheck(schema).references();
    }

    private static boolean isDeeper(JsonNode node, int levels) {
        if (!node.isContainer()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (JsonNode child : node) {
            if (isDeeper(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> references() {
        try {
            return size(schema) > MOST_EXPANDED
                    ? Optional.of("its schema grows beyond measure where references are followed")
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// How many nodes there are once each reference is what it refers to; one that leads back to itself counts
    /// as one.
    private long size(JsonNode node) {
        long size = 1;
        for (JsonNode child : node) {
            size = Math.min(MOST_EXPANDED + 1, size + size(child));
        }
        for (String keyword : new String[] {"$ref", "$dynamicRef", "$recursiveRef"}) {
            JsonNode reference = node.path(keyword);
            if (reference.isString()) {
                size = Math.min(MOST_EXPANDED + 1, size + referred(reference.stringValue()));
            }
        }
        return size;
    }

    private long referred(String reference) {
        if (!reference.startsWith("#")) {
            throw new IllegalArgumentException("its schema refers to another document");
        }
        Long known = sizes.get(reference);
        if (known != null) {
            return known;
        }
        if (!open.add(reference)) {
            return 1;
        }
        try {
            String path = reference.substring(1);
            long size = path.isEmpty() || path.startsWith("/") ? size(schema.at(JsonPointer.compile(path))) : 1;
            sizes.put(reference, size);
            return size;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("its schema refers to '" + reference + "', which is nowhere", e);
        } finally {
            open.remove(reference);
        }
    }
}
