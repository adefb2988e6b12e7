package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.ToolContext;
import java.time.Duration;

/// How long a call may still look at things.
final class Patience {
    private final long end;

    Patience(Duration atMost) {
        end = System.nanoTime() + atMost.toNanos();
    }

    /// Whether the time is up.
    ///
    /// @throws InterruptedException when cancelled
    boolean isOver(ToolContext context) throws InterruptedException {
        context.checkCancelled();
        return isOver();
    }

    boolean isOver() {
        return System.nanoTime() - end > 0;
    }
}
