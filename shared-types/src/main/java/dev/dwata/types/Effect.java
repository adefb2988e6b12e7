package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What recovery may do with a call whose outcome is unknown.
public enum Effect {
    /// Reads only: may run again.
    PURE,
    /// Running it twice leaves the same state as running it once.
    IDEMPOTENT,
    /// Must never run twice.
    ONCE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
