package dev.dwata.gateway.ws;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The message that several events make together: kept with the first of them, as most clients of a session are
/// sent the same ones at the same time.
final class Joining {
    private volatile @Nullable Joined latest;

    private record Joined(List<Outgoing> events, String text) {
        boolean isOf(List<Outgoing> others) {
            if (events.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < others.size(); i++) {
                if (!events.get(i).text().equals(others.get(i).text())) {
                    return false;
                }
            }
            return true;
        }
    }

    /// @param events of which the first has this
    String text(List<Outgoing> events) {
        Joined known = latest;
        if (known != null && known.isOf(events)) {
            return known.text;
        }
        String text = events.stream().map(Outgoing::text).collect(Collectors.joining(",", "[", "]"));
        latest = new Joined(List.copyOf(events), text);
        return text;
    }
}
