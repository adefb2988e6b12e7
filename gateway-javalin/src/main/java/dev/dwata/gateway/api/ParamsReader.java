package dev.dwata.gateway.api;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.schema.RecordSchema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads params into a record, and says which field is wrong where they do not fit: one that must be there is
/// missing, or one is of another type. Nothing is converted; fields that the record does not know are ignored,
/// and `null` is the same as absent.
public final class ParamsReader<P extends Record> {
    private final Class<P> type;
    private final List<Field> fields = new ArrayList<>();

    /// @param element what a list holds where that is records; absent for all others
    private record Field(
            String name,
            Class<?> type,
            boolean required,
            @Nullable ParamsReader<?> element) {}

    public ParamsReader(Class<P> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(new Field(
                    RecordSchema.name(component),
                    component.getType(),
                    RecordSchema.required(component),
                    element(component)));
        }
    }

    private static @Nullable ParamsReader<?> element(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                        && element.isRecord()
                ? new ParamsReader<>(element.asSubclass(Record.class))
                : null;
    }

    /// @throws AgentException with `InvalidRequest` naming the field
    public P read(@Nullable JsonNode params) {
        JsonNode given = params == null ? Json.MAPPER.createObjectNode() : params;
        checkFields("", given);
        try {
            return Json.MAPPER.treeToValue(given, type);
        } catch (JacksonException e) {
            throw invalid("params do not fit: " + rootMessage(e));
        }
    }

    /// @param where what goes before the names of fields
    private void checkFields(String where, JsonNode given) {
        for (Field field : fields) {
            JsonNode value = given.path(field.name);
            Field named = new Field(where + field.name, field.type, field.required, field.element);
            if (!value.isMissingNode() && !value.isNull()) {
                check(named, value);
            } else if (field.required) {
                throw invalid(named.name + " is required");
            }
        }
    }

    private static void checkElements(Field field, ParamsReader<?> element, JsonNode list) {
        expect(field, list, list.isArray(), "an array of objects");
        for (int i = 0; i < list.size(); i++) {
            String name = field.name + "[" + i + "]";
            expect(
                    new Field(name, Object.class, true, null),
                    list.get(i),
                    list.get(i).isObject(),
                    "an object");
            element.checkFields(name + ".", list.get(i));
        }
    }

    private static void check(Field field, JsonNode value) {
        Class<?> type = field.type;
        if (type == JsonNode.class) {
            return;
        }
        if (type == Integer.class) {
            expect(field, value, value.isIntegralNumber() && value.canConvertToInt(), "an integer of 32 bits");
        } else if (type == Long.class) {
            expect(field, value, value.isIntegralNumber() && value.canConvertToLong(), "an integer of 64 bits");
        } else if (type == Boolean.class) {
            expect(field, value, value.isBoolean(), "true or false");
        } else if (field.element != null) {
            checkElements(field, field.element, value);
        } else if (isObject(type)) {
            expect(field, value, value.isObject(), "an object");
            new ParamsReader<>(type.asSubclass(Record.class)).checkFields(field.name + ".", value);
        } else if (type == List.class) {
            boolean strings = value.isArray() && value.values().stream().allMatch(JsonNode::isString);
            expect(field, value, strings, "an array of strings");
        } else {
            expect(field, value, value.isString(), "a string");
            if (type == Instant.class) {
                expect(field, value, isInstant(value.stringValue()), "a time such as 2026-01-31T12:00:00.000Z");
            } else if (type != String.class) {
                checkConverted(field, value);
            }
        }
    }

    /// Ids are records of one component, and strings on the wire.
    private static boolean isObject(Class<?> type) {
        return type.isRecord() && type.getRecordComponents().length > 1;
    }

    /// Ids and enums say themselves what is wrong with them.
    private static void checkConverted(Field field, JsonNode value) {
        try {
            Json.MAPPER.treeToValue(value, field.type);
        } catch (JacksonException e) {
            if (field.type.isEnum() && e.getCause() == null) {
                throw invalid(field.name + " must be one of " + names(field.type));
            }
            String message = rootMessage(e);
            throw invalid(message.startsWith(field.name) ? message : field.name + ": " + message);
        }
    }

    private static String names(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(Json.MAPPER.valueToTree(constant).stringValue());
        }
        return String.join(", ", names);
    }

    private static boolean isInstant(String value) {
        try {
            Instant.parse(value);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void expect(Field field, JsonNode value, boolean right, String what) {
        if (!right) {
            throw invalid(field.name + " must be " + what + ", not " + kind(value));
        }
    }

    private static String rootMessage(JacksonException e) {
        return e.getCause() == null
                ? e.getOriginalMessage()
                : String.valueOf(e.getCause().getMessage());
    }

    /// What kind of JSON value it is, for people.
    public static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> node.isIntegralNumber() ? "an integer" : "a number with a fraction";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case BINARY, POJO, MISSING -> "nothing";
        };
    }

    private static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
