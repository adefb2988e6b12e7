package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamOutcome;
import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Link;
import dev.dwata.agent.store.StreamSubscription.Wake;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.StreamSubscriptions.Changed;
import dev.dwata.agent.store.Streams;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins wakes: when something was appended that a subscription is about, and nobody is at work on it already.
final class Waking {
    private static final Logger LOG = LoggerFactory.getLogger(Waking.class);

    private final StreamSubscriptions subscriptions;
    private final Streams streams;
    private final Tails tails;
    private final Clock clock;
    private final Consumer<StreamSubscription> deliver;

    /// @param deliver tells a webhook; does not block
    Waking(StreamSubscriptions subscriptions, Streams streams, Clock clock, Consumer<StreamSubscription> deliver) {
        this.subscriptions = subscriptions;
        this.streams = streams;
        this.tails = new Tails(streams);
        this.clock = clock;
        this.deliver = deliver;
    }

    /// Something happened to a stream.
    void look(Streams.Name name) {
        for (StreamSubscription subscription : subscriptions.list(name.owner())) {
            look(subscription, name);
        }
    }

    /// What a process has left undone that ended in the middle: streams that nobody has looked at, and work.
    void catchUp(StreamSubscription subscription) {
        if (subscription.wish().pattern() != null) {
            for (StreamInfo stream : streams.list(subscription.owner(), Streams.MOST_STREAMS)) {
                String path = stream.name().path();
                if (!subscription.links().containsKey(path) && isMatch(subscription, path)) {
                    link(subscription, path);
                }
            }
        }
        wake(subscription.owner(), subscription.id());
    }

    private void look(StreamSubscription subscription, Streams.Name name) {
        String path = name.path();
        boolean known = subscription.links().containsKey(path);
        boolean matches = isMatch(subscription, path);
        if (!known && !matches) {
            return;
        }
        Optional<StreamInfo> stream = streams.find(name).filter(found -> !found.deleted());
        if (stream.isEmpty() && known) {
            unlink(subscription, path);
        } else if (stream.isPresent() && (known || link(subscription, path))) {
            wake(subscription.owner(), subscription.id());
        }
    }

    static boolean isMatch(StreamSubscription subscription, String path) {
        String pattern = subscription.wish().pattern();
        return pattern != null && Glob.of(pattern).matches(path);
    }

    private boolean link(StreamSubscription subscription, String path) {
        return subscriptions.change(subscription.owner(), subscription.id(), now -> {
            if (now == null || now.links().size() >= StreamSubscription.MOST_LINKS) {
                return new Changed<>(now, false);
            }
            Map<String, Link> links = new TreeMap<>(now.links());
            links.putIfAbsent(path, new Link(false, true, -1));
            return new Changed<>(now.withLinks(links), true);
        });
    }

    private void unlink(StreamSubscription subscription, String path) {
        subscriptions.change(subscription.owner(), subscription.id(), now -> {
            if (now == null) {
                return new Changed<>(null, false);
            }
            Map<String, Link> links = new TreeMap<>(now.links());
            links.remove(path);
            return new Changed<>(now.withLinks(links), true);
        });
    }

    /// Begins a wake if something is to be done and nobody is at it.
    ///
    /// @return whether it did
    boolean wake(Principal owner, String id) {
        StreamSubscription before = subscriptions.find(owner, id).orElse(null);
        if (before == null || before.wake() != null) {
            return false;
        }
        Map<String, Long> seen = tails.of(before);
        String path = Tails.firstPending(before, seen);
        if (path == null) {
            return false;
        }
        long now = clock.millis();
        long lease = before.wish().webhook() == null ? 0 : now + Delivery.LONGEST;
        Wake wake = new Wake("w_" + UUID.randomUUID(), null, lease, seen);
        StreamSubscription begun = subscriptions.change(owner, id, found -> begin(found, before, wake));
        if (begun == null) {
            return false;
        }
        if (begun.wish().webhook() != null) {
            deliver.accept(begun);
        } else {
            write(begun, path, now);
        }
        return true;
    }

    private static Changed<@Nullable StreamSubscription> begin(
            @Nullable StreamSubscription found, StreamSubscription before, Wake wake) {
        if (found == null || found.wake() != null || found.generation() != before.generation()) {
            return new Changed<>(found, null);
        }
        StreamSubscription begun = found.begin(wake);
        return new Changed<>(begun, begun);
    }

    private void write(StreamSubscription subscription, String path, long now) {
        String wakeStream = subscription.wish().wakeStream();
        if (wakeStream == null) {
            return;
        }
        byte[] event = Json.MAPPER.writeValueAsBytes(SubscriptionViews.event(subscription, path, now));
        StreamOutcome outcome = streams.append(
                new Streams.Name(subscription.owner(), wakeStream), StreamAppend.of("application/json", event));
        if (!(outcome instanceof StreamOutcome.Done)) {
            LOG.warn("the wake stream of subscription {} takes nothing: {}", subscription.id(), outcome);
        }
    }
}
