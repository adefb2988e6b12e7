package dev.dwata.agent.tool.memory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.tool.ToolContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whose facts a tool is about.
enum Whose {
    /// Of the user, in every session.
    USER,
    /// Of this session alone.
    SESSION;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Whose of(String wireName) {
        for (Whose one : values()) {
            if (one.wireName().equals(wireName)) {
                return one;
            }
        }
        throw new IllegalArgumentException("must be \"user\" or \"session\", not \"" + wireName + "\"");
    }

    static Whose of(Memory.Scope scope) {
        return scope.session() == null ? USER : SESSION;
    }

    static Memory.Scope scope(@Nullable Whose wanted, ToolContext context) {
        return new Memory.Scope(context.principal(), wanted == SESSION ? context.sessionId() : null);
    }
}
