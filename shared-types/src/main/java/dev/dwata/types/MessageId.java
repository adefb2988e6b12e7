package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of a message: `msg_<uuid>`. It is the cursor of a history, too.
public record MessageId(@JsonValue String value) {
    private static final String PREFIX = "msg_";

    @JsonCreator
    public MessageId {
        value = UuidV7.prefixed("messageId", PREFIX, value);
    }

    public static MessageId create() {
        return new MessageId(PREFIX + UuidV7.create());
    }

    @Override
    public String toString() {
        return value;
    }
}
