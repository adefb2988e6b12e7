package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Link;
import dev.dwata.agent.store.StreamSubscription.Wish;
import dev.dwata.types.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Subscriptions and their wakes as clients see them; here the keys have the protocol's underscores.
record SubscriptionViews(SigningKey key, WakeTokens tokens) {

    ObjectNode view(StreamSubscription subscription) {
        Wish wish = subscription.wish();
        ObjectNode view = Json.MAPPER
                .createObjectNode()
                .put("id", subscription.id())
                .put("subscription_id", subscription.id())
                .put("type", wish.webhook() == null ? "pull-wake" : "webhook");
        putIfAny(view, "pattern", wish.pattern());
        ArrayNode streams = view.putArray("streams");
        subscription.links().forEach((path, link) -> link(streams.addObject(), path, link));
        if (wish.webhook() != null) {
            view.putObject("webhook")
                    .put("url", wish.webhook())
                    .putObject("signing")
                    .put("alg", "ed25519")
                    .put("kid", key.id())
                    .put("jwks_url", subscription.here() + StreamDoor.ROOT + "__ds/jwks.json");
        }
        putIfAny(view, "wake_stream", wish.wakeStream());
        view.put("lease_ttl_ms", wish.leaseMillis())
                .put("created_at", Json.format(Instant.ofEpochMilli(subscription.createdAt())))
                .put("status", subscription.failures() > 0 ? "failed" : "active");
        putIfAny(view, "description", wish.description());
        return view;
    }

    private static void putIfAny(ObjectNode view, String name, @Nullable String value) {
        if (value != null) {
            view.put(name, value);
        }
    }

    private static ObjectNode link(ObjectNode view, String path, Link link) {
        return view.put("path", path)
                .put("link_type", link.explicit() ? "explicit" : "glob")
                .put("acked_offset", link.acked() < 0 ? Offsets.START : Offsets.of(link.acked()));
    }

    /// What a worker is told of what is to be done.
    private static ArrayNode streams(ArrayNode streams, StreamSubscription subscription, Map<String, Long> tails) {
        subscription.links().forEach((path, link) -> {
            long tail = tails.getOrDefault(path, 0L);
            link(streams.addObject(), path, link)
                    .put("tail_offset", Offsets.of(tail))
                    .put("has_pending", Tails.isPending(link, tail));
        });
        return streams;
    }

    /// What a webhook gets.
    ObjectNode notice(StreamSubscription subscription) {
        StreamSubscription.Wake wake = Objects.requireNonNull(subscription.wake());
        ObjectNode notice = Json.MAPPER
                .createObjectNode()
                .put("subscription_id", subscription.id())
                .put("wake_id", wake.id())
                .put("generation", subscription.generation());
        streams(notice.putArray("streams"), subscription, wake.seen());
        String id = URLEncoder.encode(subscription.id(), StandardCharsets.UTF_8).replace("+", "%20");
        return notice.put(
                        "callback_url",
                        subscription.here() + StreamDoor.ROOT + "__ds/subscriptions/" + id + "/callback")
                .put("callback_token", tokens.make(subscription));
    }

    /// What a worker gets that has claimed a wake.
    ObjectNode claimed(StreamSubscription subscription) {
        StreamSubscription.Wake wake = Objects.requireNonNull(subscription.wake());
        ObjectNode claimed = Json.MAPPER
                .createObjectNode()
                .put("wake_id", wake.id())
                .put("generation", subscription.generation())
                .put("token", tokens.make(subscription));
        streams(claimed.putArray("streams"), subscription, wake.seen());
        return claimed.put("lease_ttl_ms", subscription.wish().leaseMillis());
    }

    /// What is written to a wake stream.
    static ObjectNode event(StreamSubscription subscription, String path, long now) {
        return Json.MAPPER
                .createObjectNode()
                .put("type", "wake")
                .put("subscription_id", subscription.id())
                .put("stream", path)
                .put("generation", subscription.generation())
                .put("ts", now);
    }
}
