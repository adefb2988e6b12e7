package dev.dwata.agent.provider.wire;

import dev.dwata.types.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A schema for replies in the forms that providers take.
public final class OutputSchema {
    /// What some APIs refuse in a schema that a reply must follow; the caller checks the reply against the
    /// whole schema anyway.
    private static final Set<String> UNENFORCED = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "$schema",
            "$id");

    private OutputSchema() {}

    /// The schema with every object in it closed to other properties, and without limits on numbers, lengths
    /// and sizes.
    public static JsonNode closed(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        close(copy);
        return copy;
    }

    /// Whether each object in the schema requires all its properties and no others, as OpenAI's strict mode
    /// wants it ("Structured outputs", November 2026).
    public static boolean isStrict(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            JsonNode properties = object.path("properties");
            if (isObjectSchema(object)
                    && (!object.path("additionalProperties").isBoolean()
                            || object.path("additionalProperties").booleanValue()
                            || object.path("required").size() != properties.size())) {
                return false;
            }
            for (String limit : UNENFORCED) {
                if (object.has(limit)) {
                    return false;
                }
            }
        }
        for (JsonNode child : schema) {
            if (child.isContainer() && !isStrict(child)) {
                return false;
            }
        }
        return true;
    }

    /// Asks for the schema in words, where the API has no field for it.
    public static String inWords(JsonNode schema) {
        return "Answer with one JSON object and nothing else, without a code fence. It must follow this JSON Schema:\n"
                + Json.MAPPER.writeValueAsString(schema);
    }

    /// `properties` is looked through by its values: a property may be called as a keyword is.
    private static void close(JsonNode schema) {
        if (schema instanceof ArrayNode array) {
            array.forEach(OutputSchema::close);
        } else if (schema instanceof ObjectNode object) {
            object.remove(UNENFORCED);
            if (isObjectSchema(object)) {
                object.put("additionalProperties", false);
            }
            object.properties().forEach(entry -> {
                if (holdsSchemasByName(entry.getKey())) {
                    entry.getValue().forEach(OutputSchema::close);
                } else if (!entry.getKey().equals("enum") && !entry.getKey().equals("const")) {
                    close(entry.getValue());
                }
            });
        }
    }

    private static boolean isObjectSchema(ObjectNode schema) {
        return schema.path("type").asString("").equals("object")
                || schema.path("properties").isObject();
    }

    private static boolean holdsSchemasByName(String keyword) {
        return keyword.equals("properties") || keyword.equals("$defs") || keyword.equals("definitions");
    }
}
