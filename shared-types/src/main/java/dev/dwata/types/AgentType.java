package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where an agent runs, as those see it who talk to it.
public enum AgentType {
    /// In the same JVM.
    EMBEDDED,
    /// At a gateway, where it goes on whoever leaves.
    GATEWAY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
