package dev.dwata.gateway.ws;

import dev.dwata.types.RunId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/// The runs that a connection was told of when it asked for them, as many as a client may ask for again in good
/// faith. Used by the thread of its dialogue.
final class AckedRuns {
    private static final int MANY = 1_024;

    private final Set<RunId> runs = new LinkedHashSet<>();

    /// @return whether it was told before
    boolean add(RunId run) {
        if (!runs.add(run)) {
            return true;
        }
        if (runs.size() > MANY) {
            Iterator<RunId> oldest = runs.iterator();
            oldest.next();
            oldest.remove();
        }
        return false;
    }
}
