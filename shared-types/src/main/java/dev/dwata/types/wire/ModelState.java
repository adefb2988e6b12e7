package dev.dwata.types.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Whether a model can be asked.
public enum ModelState {
    READY,
    /// A key or an address is missing.
    NOT_CONFIGURED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
