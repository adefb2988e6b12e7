package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of a run: `run_<uuid>`.
public record RunId(@JsonValue String value) {
    private static final String PREFIX = "run_";

    @JsonCreator
    public RunId {
        value = UuidV7.prefixed("runId", PREFIX, value);
    }

    public static RunId create() {
        return new RunId(PREFIX + UuidV7.create());
    }

    @Override
    public String toString() {
        return value;
    }
}
