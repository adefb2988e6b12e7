package dev.dwata.agent.tool;

import java.util.List;

/// A call was cancelled, and not all that it had begun could be ended.
public final class StillRunningException extends InterruptedException {
    private static final long serialVersionUID = 1;

    private final List<String> what;

    /// @param what may still be going on, a phrase each
    public StillRunningException(List<String> what) {
        super("cancelled; still running: " + String.join(", ", what));
        this.what = List.copyOf(what);
    }

    public List<String> what() {
        return what;
    }
}
