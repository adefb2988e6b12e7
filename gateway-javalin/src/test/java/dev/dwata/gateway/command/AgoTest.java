package dev.dwata.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// S4-98
class AgoTest {
    /// One in the morning in Berlin.
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-10T00:00:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T00:00:00Z, just now",
        "2026-03-10T00:00:05Z, just now",
        "2026-03-09T23:59:01Z, just now",
        "2026-03-09T23:59:00Z, 1 min ago",
        "2026-03-09T23:01:00Z, 59 min ago",
        "2026-03-09T23:00:00Z, 1 hour ago",
        "2026-03-09T22:59:00Z, yesterday",
        "2026-03-08T23:00:00Z, yesterday",
        "2026-03-08T22:59:00Z, 2 days ago",
        "2026-03-01T12:00:00Z, 9 days ago",
    })
    void saysHowLongAgoItWas(Instant then, String words) {
        assertThat(Ago.of(then, CLOCK)).isEqualTo(words);
    }
}
