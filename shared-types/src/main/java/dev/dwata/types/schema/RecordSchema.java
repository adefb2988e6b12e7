package dev.dwata.types.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.dwata.types.Json;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Describes records as JSON Schema (draft 2020-12), following the same annotations that JSON mapping follows.
///
/// A component is required unless it is `@Nullable`. Descriptions come from [Description]. Ids and other
/// records with a single [JsonValue] are strings, enums list their wire names, sealed interfaces become
/// `anyOf` over their records. Nested records are written out in place, so no type may contain itself, unless
/// they are said to be described elsewhere.
public final class RecordSchema {
    private final Elsewhere elsewhere;

    private RecordSchema(Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
    }

    /// Knows which nested types are described in a place of their own.
    @FunctionalInterface
    public interface Elsewhere {
        /// @param type a record or a sealed interface
        /// @return what stands for its schema; absent: it is written out in place
        @Nullable
        ObjectNode reference(Class<?> type);
    }

    /// The schema of `type`, an object that takes no other properties: for arguments of tools.
    public static ObjectNode closed(Class<? extends Record> type) {
        ObjectNode schema = of(type);
        schema.put("additionalProperties", false);
        return schema;
    }

    /// The schema of `type`, open to properties that a newer version adds.
    public static ObjectNode of(Class<?> type) {
        return of(type, nested -> null);
    }

    /// The same with references to what is described elsewhere; `type` itself is written out.
    public static ObjectNode of(Class<?> type, Elsewhere elsewhere) {
        return new RecordSchema(elsewhere).described(type);
    }

    /// The schema of a value that may be other than a record, such as a string or a list.
    ///
    /// @throws IllegalArgumentException if there is no schema for the type
    public static ObjectNode ofValue(Type type, Elsewhere elsewhere) {
        return new RecordSchema(elsewhere).ofType(type);
    }

    private ObjectNode described(Class<?> type) {
        return type.isSealed() && type.isInterface() ? anyOf(type) : object(type);
    }

    /// The name of a component in JSON.
    public static String name(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        if (property != null && !property.value().isEmpty()) {
            return property.value();
        }
        JsonNaming naming = component.getDeclaringRecord().getAnnotation(JsonNaming.class);
        if (naming != null && naming.value() == PropertyNamingStrategies.SnakeCaseStrategy.class) {
            return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        }
        return component.getName();
    }

    /// Whether a component must be present.
    public static boolean required(RecordComponent component) {
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private ObjectNode object(Class<?> type) {
        ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
        describe(schema, type.getAnnotation(Description.class));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.MAPPER.createArrayNode();
        JsonTypeName typeName = type.getAnnotation(JsonTypeName.class);
        if (typeName != null) {
            properties.putObject("type").put("const", typeName.value());
            required.add("type");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = ofType(component.getGenericType());
            describe(property, component.getAnnotation(Description.class));
            properties.set(name(component), property);
            if (required(component)) {
                required.add(name(component));
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private static void describe(ObjectNode schema, @Nullable Description description) {
        if (description != null) {
            schema.put("description", description.value());
        }
    }

    private ObjectNode ofType(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (!(type instanceof Class<?> raw)) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (raw == String.class) {
            return schema.put("type", "string");
        } else if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
            return schema.put("type", "integer");
        } else if (raw == double.class || raw == Double.class) {
            return schema.put("type", "number");
        } else if (raw == boolean.class || raw == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (raw == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (raw == JsonNode.class || raw == Object.class) {
            return schema;
        } else if (raw == ObjectNode.class) {
            return schema.put("type", "object");
        } else if (raw.isEnum()) {
            schema.put("type", "string");
            ArrayNode names = schema.putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                names.add(Json.MAPPER.valueToTree(constant).stringValue());
            }
            return schema;
        } else if (raw.isRecord() && hasJsonValue(raw)) {
            return schema.put("type", "string");
        } else if (raw.isRecord() || raw.isSealed()) {
            ObjectNode reference = elsewhere.reference(raw);
            return reference == null ? described(raw) : reference;
        }
        throw new IllegalArgumentException("no schema for " + raw);
    }

    private ObjectNode ofGeneric(ParameterizedType type) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        if (type.getRawType() == List.class) {
            schema.put("type", "array");
            schema.set("items", ofType(type.getActualTypeArguments()[0]));
            return schema;
        }
        if (type.getRawType() == Map.class) {
            schema.put("type", "object");
            schema.set("additionalProperties", ofType(type.getActualTypeArguments()[1]));
            return schema;
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private ObjectNode anyOf(Class<?> sealed) {
        ObjectNode schema = Json.MAPPER.createObjectNode();
        ArrayNode cases = schema.putArray("anyOf");
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (!permitted.getSimpleName().equals("Unknown")) {
                cases.add(ofType(permitted));
            }
        }
        return schema;
    }

    private static boolean hasJsonValue(Class<?> record) {
        for (Method method : record.getDeclaredMethods()) {
            if (method.isAnnotationPresent(JsonValue.class)) {
                return true;
            }
        }
        return false;
    }
}
