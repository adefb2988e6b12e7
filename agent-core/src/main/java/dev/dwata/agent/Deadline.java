package dev.dwata.agent;

import dev.dwata.agent.policy.RunBudget;
import dev.dwata.types.AgentEvent.RunFailed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a run when its time is up, unless it is lifted before. The time that people take to answer does not
/// count.
final class Deadline {
    private long left;
    private long since = System.nanoTime();
    private int paused;
    private boolean lifted;

    /// @param time absent: there is no limit
    Deadline(RunBudget.@Nullable Time time, RunTask.Stop stop) {
        if (time != null) {
            left = time.left().toNanos();
            Thread.ofVirtual().name("dwata-deadline").start(() -> await(time, stop));
        }
    }

    private void await(RunBudget.Time time, RunTask.Stop stop) {
        try {
            if (isReached()) {
                stop.with(new RunFailed(time.over()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that
        }
    }

    /// Waits until the time is up.
    ///
    /// @return false if it was lifted before
    private synchronized boolean isReached() throws InterruptedException {
        while (!lifted) {
            long rest = left - (System.nanoTime() - since);
            if (paused > 0) {
                wait();
            } else if (rest <= 0) {
                return true;
            } else {
                wait(TimeUnit.NANOSECONDS.toMillis(rest) + 1);
            }
        }
        return false;
    }

    /// Somebody is waited for.
    synchronized void pause() {
        if (paused++ == 0) {
            left -= System.nanoTime() - since;
        }
        notifyAll();
    }

    synchronized void resume() {
        if (--paused == 0) {
            since = System.nanoTime();
        }
        notifyAll();
    }

    synchronized void lift() {
        lifted = true;
        notifyAll();
    }
}
