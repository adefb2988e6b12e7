package dev.dwata.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/// S4-150
class DateFilterTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /// A Wednesday, and in Berlin two hours ahead of UTC.
    private static final Instant NOW = Instant.parse("2026-07-15T22:30:00Z");

    @Test
    void countsWholeDaysOfTheZone() {
        assertThat(DateFilter.TODAY.range(NOW, BERLIN))
                .isEqualTo(range("2026-07-15T22:00:00Z", "2026-07-16T22:00:00Z"));
        assertThat(DateFilter.YESTERDAY.range(NOW, BERLIN))
                .isEqualTo(range("2026-07-14T22:00:00Z", "2026-07-15T22:00:00Z"));
        assertThat(DateFilter.TODAY.range(NOW, ZoneId.of("UTC")))
                .isEqualTo(range("2026-07-15T00:00:00Z", "2026-07-16T00:00:00Z"));
    }

    @Test
    void beginsWeeksOnMonday() {
        assertThat(DateFilter.THIS_WEEK.range(NOW, BERLIN))
                .isEqualTo(range("2026-07-12T22:00:00Z", "2026-07-19T22:00:00Z"));
        assertThat(DateFilter.LAST_WEEK.range(NOW, BERLIN))
                .isEqualTo(range("2026-07-05T22:00:00Z", "2026-07-12T22:00:00Z"));
        Instant monday = Instant.parse("2026-07-12T22:00:00Z");
        assertThat(DateFilter.THIS_WEEK.range(monday, BERLIN).from()).isEqualTo(monday);
        assertThat(DateFilter.THIS_WEEK.range(monday.minusMillis(1), BERLIN).to())
                .isEqualTo(monday);
    }

    @Test
    void followsTheClockChange() {
        Instant springForward = Instant.parse("2026-03-29T12:00:00Z");

        assertThat(DateFilter.TODAY.range(springForward, BERLIN))
                .isEqualTo(range("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
    }

    @Test
    void isKnownByItsWireName() {
        assertThat(DateFilter.named("last_week")).isEqualTo(DateFilter.LAST_WEEK);
        assertThatThrownBy(() -> DateFilter.named("LAST_WEEK"))
                .hasMessage("dateFilter must be one of today, yesterday, this_week, last_week, not 'LAST_WEEK'");
    }

    private static DateFilter.Range range(String from, String to) {
        return new DateFilter.Range(Instant.parse(from), Instant.parse(to));
    }
}
