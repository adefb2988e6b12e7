package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How far a run has come.
public enum RunStatus {
    QUEUED,
    RUNNING,
    WAITING_INPUT,
    COMPLETED,
    FAILED,
    CANCELLED,
    INTERRUPTED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether nothing of this run can follow any more.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, RUNNING, WAITING_INPUT, INTERRUPTED -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }
}
