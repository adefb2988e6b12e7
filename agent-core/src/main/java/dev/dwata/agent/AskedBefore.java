package dev.dwata.agent;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the calls of a turn have asked for so far, in their order, so that a run which is taken up again asks
/// nothing twice: the first request of a call is answered by the first that its log has, and so on.
final class AskedBefore {
    private final Map<String, Deque<InputRequested>> byCall = new HashMap<>();
    private final Map<InputId, InputResolved> resolved = new HashMap<>();

    synchronized void asked(InputRequested request) {
        byCall.computeIfAbsent(request.toolCallId(), call -> new ArrayDeque<>()).addLast(request);
    }

    synchronized void resolved(InputResolved resolution) {
        resolved.put(resolution.requestId(), resolution);
    }

    synchronized void clear() {
        byCall.clear();
        resolved.clear();
    }

    /// Whether a call is one for a client to carry out.
    synchronized boolean isForAClient(String toolCallId) {
        Deque<InputRequested> all = byCall.get(toolCallId);
        return all != null && all.stream().anyMatch(request -> request.kind() == InputKind.CLIENT_TOOL);
    }

    /// The kind of the first request of a call; absent where it has made none.
    synchronized @Nullable InputKind firstKind(String toolCallId) {
        Deque<InputRequested> all = byCall.get(toolCallId);
        return all == null || all.isEmpty() ? null : all.getFirst().kind();
    }

    /// Takes the next request that a call has made before.
    ///
    /// @return absent if it has made no more
    synchronized @Nullable InputRequested next(String toolCallId) {
        Deque<InputRequested> all = byCall.get(toolCallId);
        return all == null ? null : all.pollFirst();
    }

    /// @return absent while it is open
    synchronized @Nullable InputResolved resolution(InputId id) {
        return resolved.get(id);
    }

    /// Requests of a call that are open.
    synchronized List<InputRequested> open(String toolCallId) {
        List<InputRequested> open = new ArrayList<>();
        for (InputRequested request :
                Objects.requireNonNullElse(byCall.get(toolCallId), new ArrayDeque<InputRequested>())) {
            if (!resolved.containsKey(request.requestId())) {
                open.add(request);
            }
        }
        return open;
    }
}
