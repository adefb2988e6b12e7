package dev.dwata.agent.model;

import dev.dwata.agent.observe.Scope;

/// Takes the pieces of a reply in order. Blocking here holds the provider's stream back.
@FunctionalInterface
public interface DeltaSink {
    void accept(ModelDelta delta) throws InterruptedException;

    /// The model call that the pieces are of, as observers see it. Whoever wraps a sink passes it on.
    default Scope scope() {
        return Scope.NONE;
    }
}
