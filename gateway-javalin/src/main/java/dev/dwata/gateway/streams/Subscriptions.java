package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Link;
import dev.dwata.agent.store.StreamSubscription.Wish;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.StreamSubscriptions.Changed;
import dev.dwata.agent.store.Streams;
import dev.dwata.gateway.streams.SubscriptionRefusal.Code;
import dev.dwata.types.Principal;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes subscriptions, shows them, changes what they are about, and takes them away.
record Subscriptions(StreamSubscriptions store, Streams streams, Clock clock) {

    /// @param made false: it was there already, the same
    record Kept(StreamSubscription subscription, boolean made) {}

    /// @param here where the gateway was reached
    Kept keep(Principal owner, String id, Wish wish, String here) {
        Map<String, Link> links = links(owner, wish);
        StreamSubscription wanted = new StreamSubscription(owner, id, wish, here, clock.millis(), links, 0, null, 0, 0);
        return store.change(owner, id, found -> {
            if (found == null) {
                return new Changed<>(wanted, new Kept(wanted, true));
            }
            if (!found.wish().equals(wish)) {
                throw new SubscriptionRefusal(
                        Code.SUBSCRIPTION_ALREADY_EXISTS, "there is such a subscription, and it was made otherwise");
            }
            return new Changed<>(found, new Kept(found, false));
        });
    }

    /// What there is already is not to be told of.
    private Map<String, Link> links(Principal owner, Wish wish) {
        Map<String, Link> links = new TreeMap<>();
        if (wish.pattern() != null) {
            Glob glob = Glob.of(wish.pattern());
            for (StreamInfo stream : streams.list(owner, Streams.MOST_STREAMS)) {
                if (glob.matches(stream.name().path())) {
                    links.put(stream.name().path(), new Link(false, true, stream.tail()));
                }
            }
        }
        return named(owner, links, wish.streams());
    }

    private Map<String, Link> named(Principal owner, Map<String, Link> before, Collection<String> paths) {
        Tails tails = new Tails(streams);
        Map<String, Link> links = new TreeMap<>(before);
        for (String path : paths) {
            Link known = links.get(path);
            links.put(
                    path,
                    known == null
                            ? new Link(true, false, tails.of(owner, path))
                            : new Link(true, known.matched(), known.acked()));
        }
        if (links.size() > StreamSubscription.MOST_LINKS) {
            throw SubscriptionRefusal.invalid(
                    "a subscription is about at most " + StreamSubscription.MOST_LINKS + " streams");
        }
        return links;
    }

    StreamSubscription get(Principal owner, String id) {
        return store.find(owner, id).orElseThrow(() -> SubscriptionRefusal.notFound(id));
    }

    void delete(Principal owner, String id) {
        store.change(owner, id, found -> new Changed<>(null, Optional.ofNullable(found)));
    }

    void add(Principal owner, String id, List<String> paths) {
        Map<String, Link> fresh = named(owner, Map.of(), paths);
        store.change(owner, id, found -> {
            if (found == null) {
                throw SubscriptionRefusal.notFound(id);
            }
            Map<String, Link> links = new TreeMap<>(found.links());
            fresh.forEach((path, link) ->
                    links.merge(path, link, (known, same) -> new Link(true, known.matched(), known.acked())));
            return new Changed<>(found.withLinks(links), true);
        });
    }

    /// What the pattern matches stays.
    void remove(Principal owner, String id, String path) {
        store.change(owner, id, found -> {
            if (found == null) {
                throw SubscriptionRefusal.notFound(id);
            }
            Map<String, Link> links = new TreeMap<>(found.links());
            links.computeIfPresent(path, (same, link) -> link.matched() ? new Link(false, true, link.acked()) : null);
            return new Changed<>(found.withLinks(links), true);
        });
    }
}
