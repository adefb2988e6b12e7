package dev.dwata.agent.provider;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Variables, of which those that hold nothing but white space count as absent.
record Environment(Map<String, String> variables) {
    Environment {
        variables = Map.copyOf(variables);
    }

    @Nullable
    String get(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String get(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }
}
