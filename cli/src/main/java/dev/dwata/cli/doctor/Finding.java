package dev.dwata.cli.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One thing that was looked at.
///
/// @param area   where it belongs: `system`, `folder`, `database`, `gateway`, `models`
/// @param advice what to do; absent where there is nothing to do
public record Finding(
        String area, Level level, String text, @Nullable String advice) {

    /// How it is.
    public enum Level {
        OK,
        WARNING,
        PROBLEM;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String area, String text) {
        return new Finding(area, Level.OK, text, null);
    }

    static Finding warning(String area, String text, String advice) {
        return new Finding(area, Level.WARNING, text, advice);
    }

    static Finding problem(String area, String text, String advice) {
        return new Finding(area, Level.PROBLEM, text, advice);
    }
}
