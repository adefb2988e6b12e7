package dev.dwata.agent.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds a [ScriptedModel] in the middle of a turn until the test lets it go on.
///
///     test   awaitArrival()                       open()
///     model        … says "Hel" … [waits at the gate] … says "lo"
///
/// Made for one turn; once open it stays open. May be used from any thread.
public final class Gate {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /// Waits until the model stands at the gate, at most 60 seconds.
    ///
    /// @throws IllegalStateException if it does not come
    public void awaitArrival() throws InterruptedException {
        if (!arrived.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the model did not come to the gate within 60 s");
        }
    }

    /// Whether the model is at the gate, or has passed it.
    public boolean reached() {
        return arrived.getCount() == 0;
    }

    public void open() {
        opened.countDown();
    }

    void pass() throws InterruptedException {
        arrived.countDown();
        if (!opened.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate within 60 s");
        }
    }
}
