package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Whether a session is in use, put away, or ended by an error.
public enum SessionStatus {
    ACTIVE,
    ARCHIVED,
    ERROR;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
