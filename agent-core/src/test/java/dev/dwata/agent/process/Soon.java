package dev.dwata.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits for what happens by itself.
public final class Soon {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Soon() {}

    /// @param what that is waited for, for the report
    public static void becomesTrue(String what, long seconds, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("%s within %d s", what, seconds).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
