package dev.dwata.cli.home;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Whom a gateway lets in.
public enum Auth {
    /// Who shows a token.
    TOKEN,
    /// Every program of this machine.
    NONE;

    static Optional<Auth> of(String word) {
        return Arrays.stream(values())
                .filter(auth -> auth.toString().equals(word))
                .findFirst();
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
