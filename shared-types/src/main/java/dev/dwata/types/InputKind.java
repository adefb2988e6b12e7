package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a run waits for.
public enum InputKind {
    /// Whether a tool call may happen.
    APPROVAL,
    /// What a person answers.
    QUESTION,
    /// What a client makes of a call of one of its own tools.
    CLIENT_TOOL;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
