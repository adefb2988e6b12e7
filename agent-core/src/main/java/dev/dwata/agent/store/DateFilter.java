package dev.dwata.agent.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A stretch of days as people name it. Weeks begin on Monday.
public enum DateFilter {
    TODAY,
    YESTERDAY,
    THIS_WEEK,
    LAST_WEEK;

    /// From `from` on and before `to`.
    public record Range(Instant from, Instant to) {}

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException naming the known ones
    public static DateFilter named(String wireName) {
        for (DateFilter filter : values()) {
            if (filter.wireName().equals(wireName)) {
                return filter;
            }
        }
        String known = Arrays.stream(values()).map(DateFilter::wireName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("dateFilter must be one of " + known + ", not '" + wireName + "'");
    }

    /// The days meant, as they are at `now` in `zone`: whole days of that zone, whatever their length.
    public Range range(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return switch (this) {
            case TODAY -> days(today, 1, zone);
            case YESTERDAY -> days(today.minusDays(1), 1, zone);
            case THIS_WEEK -> days(monday, 7, zone);
            case LAST_WEEK -> days(monday.minusDays(7), 7, zone);
        };
    }

    private static Range days(LocalDate first, int count, ZoneId zone) {
        return new Range(
                first.atStartOfDay(zone).toInstant(),
                first.plusDays(count).atStartOfDay(zone).toInstant());
    }
}
