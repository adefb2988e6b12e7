package dev.dwata.agent.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// G1.
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-10T12:00:00Z");

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse(null, "2", NOW)).isEqualTo(Duration.ofSeconds(2));
        assertThat(RetryAfter.parse(null, " 1.5 ", NOW)).isEqualTo(Duration.ofMillis(1500));
        assertThat(RetryAfter.parse(null, "0", NOW)).isZero();
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.parse(null, "Tue, 10 Nov 2026 12:01:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(90));
        assertThat(RetryAfter.parse(null, "Tue, 10 Nov 2026 11:00:00 GMT", NOW)).isZero();
    }

    @Test
    void prefersMilliseconds() {
        assertThat(RetryAfter.parse("250", "2", NOW)).isEqualTo(Duration.ofMillis(250));
        assertThat(RetryAfter.parse("soon", "2", NOW)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void takesNoMoreThanAYear() {
        assertThat(RetryAfter.parse(null, "999999", NOW)).isEqualTo(Duration.ofSeconds(999_999));
        assertThat(RetryAfter.parse(null, "999999999999999", NOW)).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1e9", "99999999999999999999", "Tue, 99 Nov 2026 12:01:30 GMT"})
    void ignoresNonsense(String value) {
        assertThat(RetryAfter.parse(null, value, NOW)).isNull();
        assertThat(RetryAfter.parse(value, null, NOW)).isNull();
    }

    @Test
    void isAbsentWithoutHeaders() {
        assertThat(RetryAfter.parse(null, null, NOW)).isNull();
    }
}
