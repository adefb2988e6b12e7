package dev.dwata.cli.approval;

import dev.dwata.cli.output.EventPrinter;
import dev.dwata.types.AgentEvent.ToolCalled;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Remembers which tool calls a printer has shown, so that a question about a call comes after the call. Events
/// are shown by one thread, and questions asked by another.
public final class ShownCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Set<String> shown = new HashSet<>();

    /// The same printer, watched.
    public EventPrinter watch(EventPrinter printer) {
        return envelope -> {
            printer.print(envelope);
            if (envelope.event() instanceof ToolCalled call) {
                add(call.toolCallId());
            }
        };
    }

    /// Waits until the call was shown, for a second at most: to be asked about a call that is not on the screen
    /// is better than not to be asked.
    void await(String toolCallId) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (shown) {
            while (!shown.remove(toolCallId)) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                shown.wait(left);
            }
        }
    }

    private void add(String toolCallId) {
        synchronized (shown) {
            shown.add(toolCallId);
            shown.notifyAll();
        }
    }
}
