package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Who must agree before a tool runs.
public enum Approval {
    /// Nobody.
    AUTO,
    /// Nobody, but people are told.
    NOTIFY,
    /// A person.
    CONFIRM;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
