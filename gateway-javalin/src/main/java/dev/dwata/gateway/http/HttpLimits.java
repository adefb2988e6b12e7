package dev.dwata.gateway.http;

import java.time.Duration;

/// What the gateway bears from those who ask over HTTP.
///
/// @param keepAlive    how often a stream of events says something, so that both ends know of each other
/// @param answerWithin how long a request may wait for its answer
/// @param followers    how many requests may follow a session at the same time, by a stream or for an answer
public record HttpLimits(Duration keepAlive, Duration answerWithin, int followers) {
    public static final HttpLimits DEFAULT = new HttpLimits(Duration.ofSeconds(20), Duration.ofMinutes(10), 256);
}
