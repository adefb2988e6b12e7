package dev.dwata.agent;

import dev.dwata.agent.policy.RunBudget;
import dev.dwata.types.AgentEvent.RunFailed;
import org.jspecify.annotations.Nullable;

/// Ends a run when its time is up, unless it is lifted before.
final class Deadline {
    private final @Nullable Thread thread;

    /// @param time absent: there is no limit
    Deadline(RunBudget.@Nullable Time time, RunTask.Stop stop) {
        thread = time == null ? null : Thread.ofVirtual().name("dwata-deadline").start(() -> await(time, stop));
    }

    private static void await(RunBudget.Time time, RunTask.Stop stop) {
        try {
            Thread.sleep(time.left());
            stop.with(new RunFailed(time.over()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was lifted
        }
    }

    void lift() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
