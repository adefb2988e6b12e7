package dev.dwata.agent.item;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A value that somebody sent, with where it was, so that what is wrong with it can be said.
///
/// @param value a missing node where there is none; `null` is the same
record Field(String name, JsonNode value) {

    Field get(String key) {
        return new Field(name + "." + key, value.path(key));
    }

    boolean isAbsent() {
        return value.isMissingNode() || value.isNull();
    }

    Field object() {
        expect(value.isObject(), "an object");
        return this;
    }

    /// The elements of an array.
    List<Field> elements(int most) {
        expect(value.isArray(), "an array");
        if (value.size() > most) {
            throw invalid(name + " must have at most " + most + " elements, not " + value.size());
        }
        List<Field> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            elements.add(new Field(name + "[" + i + "]", value.get(i)));
        }
        return elements;
    }

    String text() {
        expect(value.isString(), "a string");
        return value.stringValue();
    }

    String filledText() {
        String text = text();
        if (text.isBlank()) {
            throw invalid(name + " must not be empty");
        }
        return text;
    }

    @Nullable
    String textIfAny() {
        return isAbsent() ? null : text();
    }

    boolean flag() {
        expect(value.isBoolean(), "true or false");
        return value.booleanValue();
    }

    double number() {
        expect(value.isNumber(), "a number");
        return value.doubleValue();
    }

    void required() {
        if (isAbsent()) {
            throw invalid(name + " is required");
        }
    }

    private void expect(boolean right, String what) {
        required();
        if (!right) {
            throw invalid(name + " must be " + what + ", not " + kind());
        }
    }

    private String kind() {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case BINARY, POJO, MISSING -> "nothing";
        };
    }

    static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
