package dev.dwata.agent.provider.offline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tool that the model wants to be called.
record Wish(String tool, Map<String, Object> arguments) {
    static Wish of(String tool) {
        return new Wish(tool, Map.of());
    }

    /// The same with one argument more, where there is a value for it.
    Wish with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(arguments);
        more.put(name, value);
        return new Wish(tool, more);
    }
}
