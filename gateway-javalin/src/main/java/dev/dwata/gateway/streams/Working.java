package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Link;
import dev.dwata.agent.store.StreamSubscription.Wake;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.StreamSubscriptions.Changed;
import dev.dwata.gateway.streams.SubscriptionRefusal.Code;
import dev.dwata.types.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What workers do with a wake: they claim it, say how far they are, and let it go. Who comes with a generation
/// that is over is refused, however late it woke up.
final class Working {
    private final StreamSubscriptions store;
    private final Tails tails;
    private final Waking waking;
    private final Alarm alarm;
    private final Clock clock;

    Working(StreamSubscriptions store, Tails tails, Waking waking, Alarm alarm, Clock clock) {
        this.store = store;
        this.tails = tails;
        this.waking = waking;
        this.alarm = alarm;
        this.clock = clock;
    }

    /// @param wake absent where the worker names none
    /// @param acks absent where it has done nothing
    record Report(@Nullable String wake, long generation, List<Ack> acks, boolean done) {
        Report {
            acks = List.copyOf(acks);
        }
    }

    /// @param offset a position
    record Ack(String path, long offset) {}

    StreamSubscription claim(Principal owner, String id, String worker) {
        StreamSubscription before = store.find(owner, id).orElseThrow(() -> SubscriptionRefusal.notFound(id));
        requirePulled(before, true);
        Map<String, Long> seen = tails.of(before);
        boolean pending = Tails.firstPending(before, seen) != null;
        StreamSubscription claimed =
                store.change(owner, id, found -> claimed(found, id, new Claim(worker, seen, pending)));
        alarm.lookAgain();
        return claimed;
    }

    private record Claim(String worker, Map<String, Long> seen, boolean pending) {}

    private Changed<StreamSubscription> claimed(@Nullable StreamSubscription found, String id, Claim claim) {
        if (found == null) {
            throw SubscriptionRefusal.notFound(id);
        }
        Wake wake = found.wake();
        if (wake != null && wake.holder() != null) {
            throw new SubscriptionRefusal(
                    Code.ALREADY_CLAIMED,
                    "worker " + wake.holder() + " is at it",
                    Map.of("current_holder", wake.holder(), "generation", found.generation()));
        }
        if (!claim.pending) {
            throw new SubscriptionRefusal(Code.NO_PENDING_WORK, "there is nothing to do");
        }
        long until = clock.millis() + found.wish().leaseMillis();
        String wakeId = wake == null ? "w_" + UUID.randomUUID() : wake.id();
        Wake held = new Wake(wakeId, claim.worker, until, claim.seen);
        StreamSubscription now = wake == null ? found.begin(held) : found.holding(held);
        return new Changed<>(now, now);
    }

    /// @param pulled whether it must be one that workers claim
    /// @return whether there is more to do already
    boolean report(WakeTokens.Claims token, Report report, boolean pulled) {
        StreamSubscription before = subscription(token);
        requirePulled(before, pulled);
        Map<String, Long> now = tails.of(before);
        store.change(token.principal(), token.subscription(), found -> {
            StreamSubscription current = current(found, token, report);
            StreamSubscription acked = current.withLinks(acked(current, report.acks, now));
            return new Changed<>(report.done ? acked.settled() : extended(acked), true);
        });
        alarm.lookAgain();
        return report.done && waking.wake(token.principal(), token.subscription());
    }

    void release(WakeTokens.Claims token, Report report) {
        requirePulled(subscription(token), true);
        store.change(
                token.principal(),
                token.subscription(),
                found -> new Changed<>(current(found, token, report).settled(), true));
        alarm.lookAgain();
        waking.wake(token.principal(), token.subscription());
    }

    private StreamSubscription subscription(WakeTokens.Claims token) {
        return store.find(token.principal(), token.subscription())
                .orElseThrow(() -> SubscriptionRefusal.notFound(token.subscription()));
    }

    private static void requirePulled(StreamSubscription subscription, boolean pulled) {
        boolean isPulled = subscription.wish().webhook() == null;
        if (isPulled != pulled) {
            throw SubscriptionRefusal.invalid("the subscription is " + (isPulled ? "pull-wake" : "webhook"));
        }
    }

    private static StreamSubscription current(
            @Nullable StreamSubscription found, WakeTokens.Claims token, Report report) {
        if (found == null) {
            throw SubscriptionRefusal.notFound(token.subscription());
        }
        Wake wake = found.wake();
        boolean same = wake != null
                && wake.id().equals(report.wake)
                && found.generation() == token.generation()
                && found.generation() == report.generation;
        if (!same) {
            throw SubscriptionRefusal.fenced();
        }
        return found;
    }

    private StreamSubscription extended(StreamSubscription subscription) {
        Wake wake = subscription.wake();
        long until = clock.millis() + subscription.wish().leaseMillis();
        return wake == null
                ? subscription
                : subscription.holding(new Wake(wake.id(), wake.holder(), until, wake.seen()));
    }

    private static Map<String, Link> acked(StreamSubscription subscription, List<Ack> acks, Map<String, Long> tails) {
        Map<String, Link> links = new TreeMap<>(subscription.links());
        for (Ack ack : acks) {
            Link link = links.get(ack.path);
            if (link == null) {
                throw offset("the subscription is not about " + ack.path);
            }
            if (ack.offset < link.acked()) {
                throw offset("the offset of " + ack.path + " is behind what was said before");
            }
            if (ack.offset > tails.getOrDefault(ack.path, 0L)) {
                throw offset("the offset of " + ack.path + " is behind the stream's end");
            }
            links.put(ack.path, new Link(link.explicit(), link.matched(), ack.offset));
        }
        return links;
    }

    static SubscriptionRefusal offset(String message) {
        return new SubscriptionRefusal(Code.INVALID_OFFSET, message);
    }
}
