package dev.dwata.cli.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the lines of the log are.
public enum LogFormat {
    /// For people.
    TEXT,
    /// Each an object, for programs.
    JSON;

    public static Optional<LogFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(word))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
