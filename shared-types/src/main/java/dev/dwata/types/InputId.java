package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of an input request: `inp_<uuid>`.
public record InputId(@JsonValue String value) {
    private static final String PREFIX = "inp_";

    @JsonCreator
    public InputId {
        value = UuidV7.prefixed("requestId", PREFIX, value);
    }

    public static InputId create() {
        return new InputId(PREFIX + UuidV7.create());
    }

    @Override
    public String toString() {
        return value;
    }
}
