package dev.dwata.mcp;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One object of the configuration. What is wrong with it is told with the path of its key.
record Entry(JsonNode tree, String path) {
    Entry {
        if (!tree.isObject()) {
            throw wrong(path + " must be an object");
        }
    }

    void only(Set<String> known) {
        for (String key : tree.propertyNames()) {
            if (!known.contains(key)) {
                throw wrong(at(key) + " means nothing; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    boolean has(String key) {
        JsonNode value = tree.path(key);
        return !value.isMissingNode() && !value.isNull();
    }

    @Nullable
    String text(String key) {
        if (!has(key)) {
            return null;
        }
        JsonNode value = tree.path(key);
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().indexOf('\0') >= 0) {
            throw refuse(key, "a string that is not blank");
        }
        return value.stringValue();
    }

    boolean flag(String key) {
        if (has(key) && !tree.path(key).isBoolean()) {
            throw refuse(key, "true or false");
        }
        return tree.path(key).asBoolean(false);
    }

    @Nullable
    Integer number(String key, int least, int most) {
        if (!has(key)) {
            return null;
        }
        JsonNode value = tree.path(key);
        boolean fits = value.isIntegralNumber() && value.canConvertToInt();
        if (!fits || value.intValue() < least || value.intValue() > most) {
            throw refuse(key, "a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        if (has(key)) {
            if (!tree.path(key).isArray()) {
                throw refuse(key, "an array of strings");
            }
            for (JsonNode element : tree.path(key)) {
                if (!element.isString() || element.stringValue().indexOf('\0') >= 0) {
                    throw refuse(key, "an array of strings");
                }
                texts.add(element.stringValue());
            }
        }
        return texts;
    }

    Map<String, String> textsByName(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(key)) {
            Entry entry = new Entry(tree.path(key), at(key));
            entry.tree.properties().forEach(field -> {
                if (!field.getValue().isString()) {
                    throw entry.refuse(field.getKey(), "a string");
                }
                texts.put(field.getKey(), field.getValue().stringValue());
            });
        }
        return texts;
    }

    AgentException refuse(String key, String wanted) {
        return wrong(at(key) + " must be " + wanted);
    }

    String at(String key) {
        return path + "." + key;
    }

    static AgentException wrong(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
