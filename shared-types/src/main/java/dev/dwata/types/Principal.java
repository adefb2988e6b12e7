package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Who is calling. Everything stored belongs to one principal, and is invisible to the others.
///
/// @param id 1 to 128 characters of `A-Z a-z 0-9 . _ : @ -`
public record Principal(@JsonValue String id) {
    /// The person at this machine, where no credentials are asked for.
    public static final Principal LOCAL = new Principal("local");

    @JsonCreator
    public Principal {
        if (!id.matches("[A-Za-z0-9._:@-]{1,128}")) {
            throw new IllegalArgumentException("a principal is 1 to 128 characters of [A-Za-z0-9._:@-]");
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
