package dev.dwata.agent.model;

/// Takes the pieces of a reply in order. Blocking here holds the provider's stream back.
@FunctionalInterface
public interface DeltaSink {
    void accept(ModelDelta delta) throws InterruptedException;
}
