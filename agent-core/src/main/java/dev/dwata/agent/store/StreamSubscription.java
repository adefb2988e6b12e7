package dev.dwata.agent.store;

import dev.dwata.types.Principal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A wish to be told of what is appended to streams, and how far it has been done. Times are in milliseconds.
///
/// @param id         its owner's name for it
/// @param here       where the gateway was reached when it was made, such as `http://127.0.0.1:3336`
/// @param links      the streams it is about, by path
/// @param generation counts its wakes; who holds an older one is too late
/// @param wake       absent: nothing is to be done
/// @param failures   deliveries of the wake that failed, one after the other
/// @param retryAt    when to try again; 0: there is nothing to try
public record StreamSubscription(
        Principal owner,
        String id,
        Wish wish,
        String here,
        long createdAt,
        Map<String, Link> links,
        long generation,
        @Nullable Wake wake,
        int failures,
        long retryAt) {

    /// Streams of one subscription.
    public static final int MOST_LINKS = 2_000;

    public StreamSubscription {
        links = new TreeMap<>(links);
    }

    /// What was asked for.
    ///
    /// @param webhook     where to tell; absent: in the wake stream
    /// @param pattern     of paths; absent: only the streams
    /// @param leaseMillis how long a wake is one worker's
    public record Wish(
            @Nullable String webhook,
            @Nullable String wakeStream,
            @Nullable String pattern,
            List<String> streams,
            long leaseMillis,
            @Nullable String description) {
        public Wish {
            streams = streams.stream().sorted().distinct().toList();
        }
    }

    /// @param explicit named, not only matched
    /// @param acked    how far it was dealt with; -1: not begun
    public record Link(boolean explicit, boolean matched, long acked) {}

    /// @param holder     absent: nobody's yet
    /// @param leaseUntil 0: without end
    /// @param seen       the tails it is about
    public record Wake(String id, @Nullable String holder, long leaseUntil, Map<String, Long> seen) {
        public Wake {
            seen = Map.copyOf(seen);
        }
    }

    public StreamSubscription withLinks(Map<String, Link> links) {
        return new StreamSubscription(owner, id, wish, here, createdAt, links, generation, wake, failures, retryAt);
    }

    public StreamSubscription begin(Wake wake) {
        return new StreamSubscription(owner, id, wish, here, createdAt, links, generation + 1, wake, 0, 0);
    }

    public StreamSubscription holding(Wake wake) {
        return new StreamSubscription(owner, id, wish, here, createdAt, links, generation, wake, failures, 0);
    }

    public StreamSubscription failed(Wake wake, long retryAt) {
        return new StreamSubscription(owner, id, wish, here, createdAt, links, generation, wake, failures + 1, retryAt);
    }

    public StreamSubscription delivered() {
        return new StreamSubscription(owner, id, wish, here, createdAt, links, generation, wake, 0, 0);
    }

    public StreamSubscription settled() {
        return new StreamSubscription(owner, id, wish, here, createdAt, links, generation, null, failures, 0);
    }
}
