package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscription.Link;
import dev.dwata.agent.store.Streams;
import dev.dwata.types.Principal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far streams are, and what of them is not dealt with.
record Tails(Streams streams) {

    /// 0 where there is no such stream.
    long of(Principal owner, String path) {
        return streams.find(new Streams.Name(owner, path))
                .filter(stream -> !stream.deleted())
                .map(StreamInfo::tail)
                .orElse(0L);
    }

    Map<String, Long> of(StreamSubscription subscription) {
        Map<String, Long> tails = new TreeMap<>();
        subscription.links().keySet().forEach(path -> tails.put(path, of(subscription.owner(), path)));
        return tails;
    }

    static boolean isPending(Link link, long tail) {
        return tail > Math.max(0, link.acked());
    }

    /// @return absent: nothing is to be done
    static @Nullable String firstPending(StreamSubscription subscription, Map<String, Long> tails) {
        for (Map.Entry<String, Link> link : subscription.links().entrySet()) {
            if (isPending(link.getValue(), tails.getOrDefault(link.getKey(), 0L))) {
                return link.getKey();
            }
        }
        return null;
    }
}
