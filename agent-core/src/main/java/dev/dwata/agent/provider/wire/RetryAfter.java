package dev.dwata.agent.provider.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Reads `retry-after` (RFC 9110, 10.2.3: seconds or a date) and `retry-after-ms`, which OpenAI's and
/// Anthropic's libraries know too (November 2026).
final class RetryAfter {
    private static final double MOST_SECONDS = Duration.ofDays(365).toSeconds();

    private RetryAfter() {}

    /// @param now what a date is counted from
    /// @return absent where neither header says a time that lies ahead
    static @Nullable Duration parse(@Nullable String milliseconds, @Nullable String retryAfter, Instant now) {
        Duration exact = milliseconds == null ? null : seconds(milliseconds, 1000);
        if (exact != null || retryAfter == null) {
            return exact;
        }
        Duration wait = seconds(retryAfter, 1);
        return wait == null ? until(retryAfter, now) : wait;
    }

    private static @Nullable Duration seconds(String number, int perSecond) {
        if (!number.strip().matches("\\d{1,15}(\\.\\d{1,9})?")) {
            return null;
        }
        double seconds = Double.parseDouble(number.strip()) / perSecond;
        return Duration.ofMillis(Math.round(Math.min(seconds, MOST_SECONDS) * 1000));
    }

    private static @Nullable Duration until(String date, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
