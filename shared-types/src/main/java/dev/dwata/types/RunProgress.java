package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a run is doing at the moment; sent live, never stored.
public enum RunProgress {
    THINKING,
    EXECUTING_TOOL,
    STREAMING,
    WAITING_INPUT,
    DONE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
