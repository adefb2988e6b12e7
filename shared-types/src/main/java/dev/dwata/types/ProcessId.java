package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The public id of a tool call that is under way: a UUID in canonical form, without any prefix.
public record ProcessId(@JsonValue String value) {
    @JsonCreator
    public ProcessId {
        value = UuidV7.canonical("processId", value);
    }

    public static ProcessId create() {
        return new ProcessId(UuidV7.create().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
