package dev.dwata.agent.observe;

/// Something that was told to an [Observer] and goes on.
@FunctionalInterface
public interface Observation {

    /// It is over. Called once, perhaps on another thread than its beginning; not at all if the process ends.
    void end(Outcome outcome);
}
