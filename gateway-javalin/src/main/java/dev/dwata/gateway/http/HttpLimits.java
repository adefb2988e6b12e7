package dev.dwata.gateway.http;

import java.time.Duration;

/// What the gateway bears from those who ask over HTTP.
///
/// @param keepAlive    how often a stream of events says something, so that both ends know of each other
/// @param answerWithin how long a request may wait for its answer
/// @param followers    how many requests may follow a session at the same time, by a stream or for an answer
/// @param requests     how many may be under way at all; one more is answered with 503
/// @param bodyWithin   how long a body may take, besides what 8 KiB a second take
public record HttpLimits(Duration keepAlive, Duration answerWithin, int followers, int requests, Duration bodyWithin) {
    public static final HttpLimits DEFAULT = new HttpLimits(Duration.ofSeconds(20), Duration.ofMinutes(10), 256);

    public HttpLimits {
        if (requests <= followers) {
            throw new IllegalArgumentException("more requests must be allowed than may follow a session, " + followers
                    + ", not " + requests + ": nothing else would be answered");
        }
    }

    /// With 512 requests at once, and bodies of 10 seconds.
    public HttpLimits(Duration keepAlive, Duration answerWithin, int followers) {
        this(keepAlive, answerWithin, followers, Math.max(512, followers + 256), Duration.ofSeconds(10));
    }

    public HttpLimits withRequests(int most, Duration bodies) {
        return new HttpLimits(keepAlive, answerWithin, followers, most, bodies);
    }
}
