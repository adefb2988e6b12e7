package dev.dwata.gateway.ws;

import dev.dwata.types.Envelope;
import java.util.ArrayList;
import java.util.List;

/// As many events as are sent at once: an outbox that has room takes them all.
final class Portion {
    private static final int MOST_FRAMES = 64;

    private Portion() {}

    /// Encodes events from the first on, until they are an eighth of what an outbox holds.
    ///
    /// @return at least one, if there is any
    static List<EncodedEvent> first(List<Envelope> events, WsLimits limits) {
        int mostFrames = Math.clamp(limits.outboxFrames() / 8, 1, MOST_FRAMES);
        long mostBytes = limits.outboxBytes() / 8;
        List<EncodedEvent> portion = new ArrayList<>();
        long bytes = 0;
        for (Envelope event : events) {
            if (portion.size() == mostFrames || bytes >= mostBytes) {
                break;
            }
            EncodedEvent encoded = EncodedEvent.of(event);
            portion.add(encoded);
            bytes += encoded.toOthers().bytes();
        }
        return portion;
    }
}
