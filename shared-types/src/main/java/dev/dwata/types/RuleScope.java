package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How far an answer of `always` reaches.
public enum RuleScope {
    /// The same agent in this session and this workspace.
    SESSION,
    /// Every session and agent of this workspace.
    WORKSPACE,
    /// Everywhere.
    EVERYWHERE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
