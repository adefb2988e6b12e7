package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Wish;
import dev.dwata.agent.tool.web.Webhooks;
import dev.dwata.gateway.streams.SubscriptionRefusal.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what is asked about subscriptions.
record SubscriptionBodies(Webhooks webhooks) {
    private static final long LEASE = 30_000;
    private static final long SHORTEST_LEASE = 1_000;
    private static final long LONGEST_LEASE = 600_000;
    private static final int LONGEST_TEXT = 2_048;

    Wish wish(JsonNode body) {
        String type = text(body, "type");
        boolean pulled = "pull-wake".equals(type);
        if (!pulled && !"webhook".equals(type)) {
            throw SubscriptionRefusal.invalid("type must be webhook or pull-wake");
        }
        String pattern = text(body, "pattern");
        List<String> streams = body.has("streams") ? streams(body) : List.of();
        if (pattern == null && streams.isEmpty()) {
            throw SubscriptionRefusal.invalid("pattern or streams is missing");
        }
        if (pattern != null) {
            Glob.of(pattern);
        }
        String wakeStream = text(body, "wake_stream");
        if (pulled && wakeStream == null) {
            throw SubscriptionRefusal.invalid("wake_stream is missing");
        }
        return new Wish(
                pulled ? null : webhook(body),
                pulled && wakeStream != null ? path(wakeStream) : null,
                pattern == null ? null : trimmed(pattern),
                streams,
                lease(body),
                text(body, "description"));
    }

    private String webhook(JsonNode body) {
        String url = text(body.path("webhook"), "url");
        if (url == null) {
            throw SubscriptionRefusal.invalid("webhook.url is missing");
        }
        String refusal = webhooks.refusal(url);
        if (refusal != null) {
            throw new SubscriptionRefusal(Code.WEBHOOK_URL_REJECTED, "webhook.url: " + refusal);
        }
        return url;
    }

    private static long lease(JsonNode body) {
        JsonNode lease = body.path("lease_ttl_ms");
        if (lease.isMissingNode()) {
            return LEASE;
        }
        if (!lease.isIntegralNumber()
                || !lease.canConvertToLong()
                || lease.longValue() < SHORTEST_LEASE
                || lease.longValue() > LONGEST_LEASE) {
            throw SubscriptionRefusal.invalid("lease_ttl_ms must be 1000 to 600000");
        }
        return lease.longValue();
    }

    static List<String> streams(JsonNode body) {
        JsonNode streams = body.path("streams");
        if (!streams.isArray() || streams.size() > StreamSubscription.MOST_LINKS) {
            throw SubscriptionRefusal.invalid(
                    "streams must be an array of at most " + StreamSubscription.MOST_LINKS + " paths");
        }
        List<String> paths = new ArrayList<>();
        for (JsonNode stream : streams) {
            if (!stream.isString()) {
                throw SubscriptionRefusal.invalid("streams must be an array of paths");
            }
            paths.add(path(stream.stringValue()));
        }
        return paths;
    }

    static Working.Report report(JsonNode body) {
        List<Working.Ack> acks = new ArrayList<>();
        for (JsonNode ack : body.path("acks")) {
            String path = text(ack, ack.has("stream") ? "stream" : "path");
            String offset = text(ack, "offset");
            Long position = offset == null ? null : Offsets.parse(offset);
            if (path == null || position == null) {
                throw Working.offset("an ack needs a stream and an offset of it");
            }
            acks.add(new Working.Ack(path(path), position));
        }
        return new Working.Report(
                text(body, "wake_id"),
                body.path("generation").asLong(-1),
                acks,
                body.path("done").asBoolean(false));
    }

    static String worker(JsonNode body) {
        String worker = text(body, "worker");
        if (worker == null) {
            throw SubscriptionRefusal.invalid("worker is missing");
        }
        return worker;
    }

    private static @Nullable String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString() || value.stringValue().length() > LONGEST_TEXT) {
            throw SubscriptionRefusal.invalid(name + " must be a text of at most " + LONGEST_TEXT + " characters");
        }
        return value.stringValue().isEmpty() ? null : value.stringValue();
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private static String path(String path) {
        String bare = trimmed(path);
        if (bare.isEmpty() || bare.length() > LONGEST_TEXT || bare.chars().anyMatch(Character::isISOControl)) {
            throw SubscriptionRefusal.invalid("'" + bare + "' is no path of a stream");
        }
        return bare;
    }
}
