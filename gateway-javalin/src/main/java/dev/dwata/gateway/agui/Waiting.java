package dev.dwata.gateway.agui;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.InputId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Follows the tool calls of a run, and finds the entries after which nothing of it goes on until somebody
/// answers. There a client's run ends with interrupts, and the next one begins. A call of another client's tool
/// is not waited for here: it is under way there.
final class Waiting {
    private final Set<String> calls = new HashSet<>();
    private final Map<InputId, InputRequested> asked = new LinkedHashMap<>();
    private final Set<InputId> answered;

    /// @param answered what is known to be answered, whenever the log comes to it
    Waiting(Set<InputId> answered) {
        this.answered = Set.copyOf(answered);
    }

    /// Takes the run's next event.
    ///
    /// @return whether every call that is under way waits for an answer from here on
    boolean after(AgentEvent event) {
        if (event instanceof ToolCalled called) {
            calls.add(called.toolCallId());
        } else if (event instanceof InputResolved resolved) {
            asked.remove(resolved.requestId());
        } else if (event instanceof InputRequested request && RunName.isForUs(request.target())) {
            asked.put(request.requestId(), request);
            return allWait();
        } else if (event instanceof ToolReturned returned) {
            calls.remove(returned.toolCallId());
            return allWait();
        }
        return false;
    }

    private boolean allWait() {
        Set<String> waiting = new HashSet<>();
        asked.values().stream()
                .filter(request -> !answered.contains(request.requestId()))
                .forEach(request -> waiting.add(request.toolCallId()));
        return !waiting.isEmpty() && waiting.containsAll(calls);
    }

    /// What is waited for, oldest first.
    List<InputRequested> asked() {
        return List.copyOf(asked.values());
    }
}
