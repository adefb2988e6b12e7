package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Link;
import dev.dwata.agent.store.StreamSubscription.Wake;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.StreamSubscriptions.Changed;
import dev.dwata.agent.tool.web.Webhooks;
import dev.dwata.types.Json;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Tells webhooks of wakes; what fails is tried again, less and less often.
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /// How long one may be under way, in milliseconds. The time of who is told begins when it was told.
    static final long LONGEST = 60_000;

    private static final int AT_ONCE = 16;
    private static final long LONGEST_PAUSE = 60_000;

    private final StreamSubscriptions subscriptions;
    private final Webhooks webhooks;
    private final SigningKey key;
    private final SubscriptionViews views;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_ONCE);

    Delivery(
            StreamSubscriptions subscriptions,
            Webhooks webhooks,
            SigningKey key,
            SubscriptionViews views,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.webhooks = webhooks;
        this.key = key;
        this.views = views;
        this.clock = clock;
    }

    /// Tells one, and stores what became of it.
    ///
    /// @return whether the wake is over
    boolean deliver(StreamSubscription subscription) throws InterruptedException {
        String url = Objects.requireNonNull(subscription.wish().webhook());
        String notice = Json.MAPPER.writeValueAsString(views.notice(subscription));
        free.acquire();
        try {
            String signature = key.sign(clock.instant().getEpochSecond(), notice);
            Webhooks.Reply reply = webhooks.post(url, notice, Map.of("webhook-signature", signature));
            if (reply.isFine()) {
                return arrived(subscription, isDone(reply.body()));
            }
            LOG.debug("the webhook of subscription {} answered {}", subscription.id(), reply.status());
        } catch (IOException e) {
            LOG.debug("the webhook of subscription {} was not reached: {}", subscription.id(), e.toString());
        } finally {
            free.release();
        }
        failed(subscription);
        return false;
    }

    private static boolean isDone(String body) {
        try {
            return !body.isBlank() && Json.STRICT.readTree(body).path("done").asBoolean(false);
        } catch (JacksonException e) {
            return false; // a receiver may answer what it likes
        }
    }

    private boolean arrived(StreamSubscription told, boolean done) {
        return subscriptions.change(told.owner(), told.id(), now -> {
            if (now == null || !isSame(now, told)) {
                return new Changed<>(now, false);
            }
            return new Changed<>(done ? acked(now).settled() : held(now).delivered(), done);
        });
    }

    private StreamSubscription held(StreamSubscription now) {
        Wake wake = Objects.requireNonNull(now.wake());
        long until = clock.millis() + now.wish().leaseMillis();
        return now.holding(new Wake(wake.id(), wake.holder(), until, wake.seen()));
    }

    private static StreamSubscription acked(StreamSubscription now) {
        Map<String, Link> links = new TreeMap<>(now.links());
        Objects.requireNonNull(now.wake())
                .seen()
                .forEach((path, tail) -> links.computeIfPresent(
                        path, (same, link) -> new Link(link.explicit(), link.matched(), Math.max(link.acked(), tail))));
        return now.withLinks(links).delivered();
    }

    private void failed(StreamSubscription told) {
        long pause = Math.min(LONGEST_PAUSE, 1_000L << Math.min(told.failures(), 6));
        subscriptions.change(told.owner(), told.id(), now -> {
            Wake wake = now == null ? null : now.wake();
            if (now == null || wake == null || !isSame(now, told)) {
                return new Changed<>(now, false);
            }
            Wake waiting = new Wake(wake.id(), wake.holder(), 0, wake.seen());
            return new Changed<>(now.failed(waiting, clock.millis() + pause), true);
        });
    }

    private static boolean isSame(StreamSubscription now, StreamSubscription told) {
        return now.wake() != null && now.generation() == told.generation();
    }
}
