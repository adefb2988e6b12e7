package dev.dwata.agent.provider.resilience;

import java.time.Duration;

/// Lets time pass.
@FunctionalInterface
public interface Pause {
    /// Sleeps.
    Pause ASLEEP = Thread::sleep;

    /// Returns when `time` is over.
    ///
    /// @throws InterruptedException at once when the calling thread is interrupted
    void take(Duration time) throws InterruptedException;
}
