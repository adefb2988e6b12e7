package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a model stopped, in dwata's words whatever the provider calls it.
public enum StopReason {
    /// It said what it had to say.
    END_TURN,
    /// It waits for the results of the tools it called.
    TOOL_USE,
    /// It ran into the limit of output tokens.
    MAX_TOKENS,
    /// It met a stop sequence.
    STOP_SEQUENCE,
    /// It, or the provider's filter, declined to answer.
    REFUSAL;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
