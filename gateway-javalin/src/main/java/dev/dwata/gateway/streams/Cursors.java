package dev.dwata.gateway.streams;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Numbers that grow with time, which clients send back: so that what a cache holds of a live read is not given
/// to the same client for ever. Counted in 20 seconds from 2024-10-09 (durable streams protocol 1.0, 8.1).
record Cursors(Clock clock) {
    private static final long EPOCH = Instant.parse("2024-10-09T00:00:00Z").getEpochSecond();
    private static final long STEP = 20;
    private static final long MOST_STEPS = 3_600 / STEP;

    /// @param sent what the client had before; absent or no number: nothing
    /// @return greater than that
    String next(@Nullable String sent) {
        long now = (clock.instant().getEpochSecond() - EPOCH) / STEP;
        long before = sent != null && sent.matches("[0-9]{1,15}") ? Long.parseLong(sent) : -1;
        long next = before < now ? now : before + ThreadLocalRandom.current().nextLong(1, MOST_STEPS + 1);
        return Long.toString(next);
    }
}
