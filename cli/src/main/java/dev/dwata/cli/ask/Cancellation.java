package dev.dwata.cli.ask;

import dev.dwata.agent.Run;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.types.AgentException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// What Ctrl+C does: while a run is under way it is cancelled the first time; otherwise, and the second time,
/// the process ends.
public final class Cancellation {
    static final String REASON = "Ctrl+C";

    private final IntConsumer exit;
    private @Nullable Run run;
    private boolean asking;
    private boolean wanted;

    /// @param exit ends the process; may return in tests
    public Cancellation(IntConsumer exit) {
        this.exit = exit;
    }

    /// From now on there will be a run.
    public synchronized void expectRun() {
        asking = true;
        wanted = false;
    }

    public void begin(Run begun) {
        synchronized (this) {
            run = begun;
            if (!wanted) {
                return;
            }
        }
        cancel(begun);
    }

    /// Whether a run is waited for.
    public synchronized boolean isExpecting() {
        return asking;
    }

    public synchronized void end() {
        run = null;
        asking = false;
    }

    /// Ctrl+C was pressed.
    public void press() {
        Run present;
        synchronized (this) {
            present = run;
            if (!asking || wanted) {
                exit.accept(ExitCode.CANCELLED);
                return;
            }
            wanted = true;
        }
        if (present != null) {
            cancel(present);
        }
    }

    private static void cancel(Run run) {
        try {
            run.cancel(REASON);
        } catch (AgentException e) {
            // it is over, or the connection is; either way its watcher knows
        }
    }
}
