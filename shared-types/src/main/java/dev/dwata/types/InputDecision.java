package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What became of an input request.
public enum InputDecision {
    /// The call may happen as it is.
    APPROVE,
    /// The call must not happen.
    REJECT,
    /// The call may happen, and so may later ones like it.
    ALWAYS,
    /// The call may happen with other arguments.
    EDIT,
    /// A question was answered, or a client's tool has returned.
    ANSWERED,
    /// Nobody answered in time.
    EXPIRED,
    /// Nobody is to answer any more: the run was stopped, or asks something else.
    CANCELLED,
    /// The client could not do it.
    FAILED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the tool call may happen.
    public boolean allows() {
        return this == APPROVE || this == ALWAYS || this == EDIT;
    }
}
