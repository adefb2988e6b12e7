package dev.dwata.agent.provider.resilience;

import java.time.Duration;

/// When a model that could not answer is asked again.
///
/// Before the second attempt up to `firstDelay` passes, before each later one up to twice as much as before the
/// last, and never more than `longestDelay`: how much of that is left to chance, so that those who failed
/// together do not come back together. Where the provider says how long to wait, it is that much and the above
/// on top.
///
/// @param attempts          how often it is asked at most; 1 is never again
/// @param longestRetryAfter what a provider may ask for; where it asks for more the call fails at once
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay, Duration longestRetryAfter) {
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(16), Duration.ofSeconds(120));

    public static final int MOST_ATTEMPTS = 20;

    public RetryPolicy {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts must be 1 to " + MOST_ATTEMPTS + ", not " + attempts);
        }
        notNegative(firstDelay, "firstDelay");
        notNegative(longestDelay, "longestDelay");
        notNegative(longestRetryAfter, "longestRetryAfter");
    }

    /// The most that passes between an attempt and the next, where the provider does not say.
    ///
    /// @param attempt the one that failed, 1 for the first
    Duration delayAfter(int attempt) {
        Duration delay = firstDelay.multipliedBy(1L << (attempt - 1));
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }

    private static void notNegative(Duration time, String name) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + time);
        }
    }
}
