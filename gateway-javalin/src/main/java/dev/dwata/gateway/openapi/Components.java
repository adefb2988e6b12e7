package dev.dwata.gateway.openapi;

import dev.dwata.types.Json;
import dev.dwata.types.schema.RecordSchema;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of records, each once and by name, referred to from wherever one is used.
final class Components {
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    /// Refers to the schema of a record, which is added if it is not there.
    ObjectNode reference(Class<?> type) {
        String name = name(type);
        Class<?> owner = owners.putIfAbsent(name, type);
        if (owner == null) {
            schemas.put(name, Json.MAPPER.createObjectNode());
            schemas.put(name, RecordSchema.of(type, this::nested));
        } else if (owner != type) {
            throw new IllegalStateException(owner + " and " + type + " would have one name in the description");
        }
        return Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private @Nullable ObjectNode nested(Class<?> type) {
        return reference(type);
    }

    /// The schema of any value.
    ObjectNode value(Type type) {
        return RecordSchema.ofValue(type, this::nested);
    }

    /// A record's schema without some of its fields, which has no name.
    ObjectNode without(Class<?> type, List<String> fields) {
        ObjectNode schema = RecordSchema.of(type, this::nested);
        if (schema.get("properties") instanceof ObjectNode properties) {
            properties.remove(fields);
        }
        if (schema.remove("required") instanceof ArrayNode required) {
            ArrayNode left = Json.MAPPER.createArrayNode();
            required.valueStream()
                    .filter(name -> !fields.contains(name.stringValue()))
                    .forEach(left::add);
            if (!left.isEmpty()) {
                schema.set("required", left);
            }
        }
        return schema;
    }

    Map<String, ObjectNode> schemas() {
        return schemas;
    }

    /// That of a nested record begins with the one around it.
    private static String name(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return around == null ? type.getSimpleName() : name(around) + type.getSimpleName();
    }
}
