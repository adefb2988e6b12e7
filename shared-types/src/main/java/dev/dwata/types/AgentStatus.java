package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How a session's agent is.
///
/// It takes messages in each of these: `error` only says how its last run ended, and a message brings a
/// `terminated` one back.
public enum AgentStatus {
    /// Its run was cut off and is about to be carried on.
    INITIALIZING,
    READY,
    BUSY,
    /// Its last run has failed.
    ERROR,
    /// Its session was put away.
    TERMINATED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
