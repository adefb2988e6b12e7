package dev.dwata.agent.output;

import dev.dwata.types.schema.RecordSchema;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The schema of answers that are records.
public final class RecordAnswer {
    private RecordAnswer() {}

    /// As [RecordSchema] describes the record, with every object in it closed, so that models add nothing; what
    /// may be absent may also be `null`, as models like to say it.
    public static ObjectNode schema(Class<? extends Record> type) {
        ObjectNode schema = RecordSchema.closed(type);
        finish(schema);
        return schema;
    }

    private static void finish(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
            Set<String> required = new HashSet<>();
            object.path("required").forEach(name -> required.add(name.asString()));
            object.path("properties").properties().forEach(property -> {
                if (!required.contains(property.getKey()) && property.getValue() instanceof ObjectNode optional) {
                    allowNull(optional);
                }
            });
        }
        node.forEach(RecordAnswer::finish);
    }

    private static void allowNull(ObjectNode schema) {
        if (schema.path("type").isString()) {
            String type = schema.path("type").stringValue();
            schema.putArray("type").add(type).add("null");
        }
        if (schema.path("enum") instanceof ArrayNode values) {
            values.addNull();
        }
        if (schema.path("anyOf") instanceof ArrayNode cases) {
            cases.addObject().put("type", "null");
        }
    }
}
