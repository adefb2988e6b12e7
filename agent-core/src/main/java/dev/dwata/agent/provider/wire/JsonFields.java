package dev.dwata.agent.provider.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads JSON objects field by field, without a tree, and forgives values of another type than expected.
public final class JsonFields {
    private JsonFields() {}

    /// Calls `visitor` for each field of the object that `in` is at, with `in` at the field's value. A visitor
    /// may read a nested object or array to its end, or leave it alone. What is not an object has no fields.
    public static void each(JsonParser in, Visitor visitor) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            visitor.visit(name, in);
            in.skipChildren();
        }
    }

    /// Calls `visitor` with `in` at each element of the array that it is at. What is not an array has no
    /// elements.
    public static void elements(JsonParser in, ElementVisitor visitor) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            visitor.visit(in);
            in.skipChildren();
        }
    }

    /// The text or number that `in` is at; absent for anything else.
    public static @Nullable String text(JsonParser in) {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return in.getString();
        }
        return token.isNumeric() ? in.getValueAsString() : null;
    }

    /// The number of things that `in` is at, also where it is written as a text; 0 where it is no such number.
    public static long count(JsonParser in) {
        JsonToken token = in.currentToken();
        return token.isNumeric() || token == JsonToken.VALUE_STRING ? Math.max(0, in.getValueAsLong(0)) : 0;
    }

    /// Takes a field.
    @FunctionalInterface
    public interface Visitor {
        void visit(String name, JsonParser in);
    }

    /// Takes an element.
    @FunctionalInterface
    public interface ElementVisitor {
        void visit(JsonParser in);
    }
}
