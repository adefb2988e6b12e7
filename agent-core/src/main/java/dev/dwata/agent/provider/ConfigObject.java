package dev.dwata.agent.provider;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A JSON object of the configuration, read key by key. What is wrong with it is told with the path of its key.
final class ConfigObject {
    private final JsonNode tree;
    private final String path;

    private ConfigObject(JsonNode tree, String path) {
        this.tree = tree;
        this.path = path;
    }

    /// @param path what leads to it, dotted; empty for the whole configuration
    static ConfigObject of(JsonNode tree, String path) {
        if (!tree.isObject()) {
            throw wrong(path, "an object");
        }
        return new ConfigObject(tree, path);
    }

    /// Refuses keys that mean nothing.
    ConfigObject only(String... known) {
        for (String key : tree.propertyNames()) {
            if (!List.of(known).contains(key)) {
                throw new AgentException(new AgentError.InvalidRequest(
                        at(key) + " means nothing; known are " + String.join(", ", new TreeSet<>(List.of(known)))));
            }
        }
        return this;
    }

    boolean has(String key) {
        JsonNode value = tree.path(key);
        return !value.isMissingNode() && !value.isNull();
    }

    /// Absent where the key is.
    @Nullable
    String text(String key) {
        if (!has(key)) {
            return null;
        }
        JsonNode value = tree.path(key);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw wrong(at(key), "a string that is not blank");
        }
        return value.stringValue().strip();
    }

    String requiredText(String key) {
        String text = text(key);
        if (text == null) {
            throw wrong(at(key), "given: a string");
        }
        return text;
    }

    /// Absent where the key is.
    ///
    /// @param least the smallest that is allowed
    @Nullable
    Integer integer(String key, int least) {
        if (!has(key)) {
            return null;
        }
        JsonNode value = tree.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
            throw wrong(at(key), "a whole number of at least " + least);
        }
        return value.intValue();
    }

    double amount(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = tree.path(key);
        if (!value.isNumber() || !(value.doubleValue() >= 0)) {
            throw wrong(at(key), "a number that is not negative");
        }
        return value.doubleValue();
    }

    List<String> texts(String key) {
        JsonNode value = tree.path(key);
        if (!has(key)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isString() || element.stringValue().isBlank()) {
                throw wrong(at(key), "a list of strings that are not blank");
            }
            texts.add(element.stringValue().strip());
        }
        if (!value.isArray()) {
            throw wrong(at(key), "a list of strings");
        }
        return List.copyOf(texts);
    }

    /// The object under a key; an empty one where there is none.
    ConfigObject object(String key) {
        return has(key) ? of(tree.path(key), at(key)) : new ConfigObject(tree.path(key), at(key));
    }

    /// The keys of it, in their order.
    List<String> keys() {
        return List.copyOf(tree.propertyNames());
    }

    Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : keys()) {
            texts.put(key, requiredText(key));
        }
        return texts;
    }

    /// @param must what the value of `key` must be
    AgentException refuse(String key, String must) {
        return wrong(at(key), must);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static AgentException wrong(String path, String must) {
        return new AgentException(new AgentError.InvalidRequest(path + " must be " + must));
    }
}
