package dev.dwata.agent;

import dev.dwata.types.AgentEvent;

/// Takes the events of one run in order. For a barrier event it returns when the event is safely stored.
@FunctionalInterface
public interface EventSink {
    void emit(AgentEvent event) throws InterruptedException;
}
