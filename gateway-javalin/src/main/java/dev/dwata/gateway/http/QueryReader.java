package dev.dwata.gateway.http;

import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.schema.RecordSchema;
import io.javalin.http.Context;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Reads the query of a request into a record, with the same rules and the same errors as the params of a
/// WebSocket request. An empty value is the same as none; names that the record does not know are ignored.
public final class QueryReader<P extends Record> {
    private final Class<P> type;
    private final ParamsReader<P> params;

    public QueryReader(Class<P> type) {
        this.type = type;
        this.params = new ParamsReader<>(type);
    }

    /// @throws AgentException with `InvalidRequest` naming the parameter
    public P read(Context context) {
        return params.read(fields(context));
    }

    /// The same where the path names the session.
    public P read(Context context, String sessionId) {
        return params.read(fields(context).put("sessionId", sessionId));
    }

    private ObjectNode fields(Context context) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = RecordSchema.name(component);
            String value = Asked.query(context, name);
            if (value != null && !value.isEmpty()) {
                put(fields, name, component.getType(), value);
            }
        }
        return fields;
    }

    private static void put(ObjectNode fields, String name, Class<?> type, @Nullable String value) {
        if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
            fields.put(name, Asked.integer(name, String.valueOf(value)));
        } else if (type == Boolean.class || type == boolean.class) {
            fields.put(name, Asked.truth(name, String.valueOf(value)));
        } else {
            fields.put(name, value);
        }
    }
}
