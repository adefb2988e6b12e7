package dev.dwata.gateway.streams;

import java.time.Duration;

/// How the door to streams behaves.
///
/// @param longPoll     how long a reader waits for what comes
/// @param life         how long a stream of events lasts before its reader must come again
/// @param readers      how many may wait at the same time
/// @param appendBytes  how much one append may bring
/// @param pageBytes    how much one answer holds, but that an append is not divided
/// @param webhooksHere whether webhooks may go to this machine
public record StreamSettings(
        Duration longPoll, Duration life, int readers, int appendBytes, int pageBytes, boolean webhooksHere) {
    public static final StreamSettings DEFAULT =
            new StreamSettings(Duration.ofSeconds(20), Duration.ofSeconds(60), 192, 10 << 20, 4 << 20, false);

    public StreamSettings {
        if (longPoll.isNegative() || longPoll.isZero() || longPoll.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "a long poll lasts 1 ms to 5 minutes, not " + longPoll.toMillis() + " ms");
        }
    }

    public StreamSettings withLongPoll(Duration longPoll) {
        return new StreamSettings(longPoll, life, readers, appendBytes, pageBytes, webhooksHere);
    }

    public StreamSettings withWebhooksHere(boolean webhooksHere) {
        return new StreamSettings(longPoll, life, readers, appendBytes, pageBytes, webhooksHere);
    }

    /// How long a reader that takes nothing is borne.
    Duration silence() {
        return longPoll.plusSeconds(30);
    }
}
