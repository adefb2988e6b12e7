package dev.dwata.gateway.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// How long ago something was, as people say it.
final class Ago {
    private Ago() {}

    /// Minutes and hours within the day, then whole days of the clock's time zone.
    static String of(Instant then, Clock clock) {
        Duration since = Duration.between(then, clock.instant());
        LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
        long days = ChronoUnit.DAYS.between(LocalDate.ofInstant(then, clock.getZone()), today);
        if (since.toMinutes() < 1) {
            return "just now";
        }
        if (since.toHours() < 1) {
            return since.toMinutes() + " min ago";
        }
        if (days <= 0) {
            return counted(since.toHours(), "hour");
        }
        return days == 1 ? "yesterday" : counted(days, "day");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s") + " ago";
    }
}
