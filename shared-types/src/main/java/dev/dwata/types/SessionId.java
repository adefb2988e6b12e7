package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The public id of a session: a UUID in canonical form, without any prefix.
public record SessionId(@JsonValue String value) implements Comparable<SessionId> {
    @JsonCreator
    public SessionId {
        value = UuidV7.canonical("sessionId", value);
    }

    public static SessionId create() {
        return new SessionId(UuidV7.create().toString());
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
