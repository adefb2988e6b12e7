package dev.dwata.agent.process;

import java.time.Duration;
import java.util.List;

/// How a program came to its end.
///
/// @param exit       what it said at its end
/// @param why        why that was
/// @param leftBehind how many processes it had left behind, which were ended
/// @param unstopped  the numbers of those that could not be ended
/// @param took       how long it ran
public record Finished(ExitStatus exit, Why why, int leftBehind, List<Long> unstopped, Duration took) {
    public Finished {
        unstopped = List.copyOf(unstopped);
    }

    /// Why a program ended.
    public enum Why {
        /// By itself.
        EXITED,
        /// It had taken too long.
        TIMED_OUT,
        /// It had said too much.
        TOO_MUCH_OUTPUT
    }

    public boolean succeeded() {
        return why == Why.EXITED && exit.code() == 0;
    }
}
