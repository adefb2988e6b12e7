package dev.dwata.agent.provider.wire;

import java.time.Duration;

/// How long a model may take.
///
/// @param connect   to accept the connection, its TLS handshake included
/// @param firstByte from the request to the first byte of the answer, and from the head of the answer to its
///                  body
/// @param idle      between two bytes of the answer
/// @param total     from the start of the call to the end of the answer
public record StreamTimeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
    public static final StreamTimeouts DEFAULT = new StreamTimeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(180), Duration.ofSeconds(120), Duration.ofMinutes(30));

    public StreamTimeouts {
        positive(connect, "connect");
        positive(firstByte, "firstByte");
        positive(idle, "idle");
        positive(total, "total");
    }

    private static void positive(Duration time, String name) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("the time limit '" + name + "' must be more than zero, not " + time);
        }
    }
}
