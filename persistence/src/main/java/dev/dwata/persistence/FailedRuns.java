package dev.dwata.persistence;

import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs of which something could not be stored that nobody waited for: the next caller is told.
final class FailedRuns {
    /// The oldest is forgotten first; its run makes no more calls, or it would have been told.
    private static final int MOST = 1000;

    private final Map<RunId, AgentException> failures = new LinkedHashMap<>();

    synchronized void add(RunId run, AgentException why) {
        failures.putIfAbsent(run, why);
        if (failures.size() > MOST) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    synchronized @Nullable AgentException get(@Nullable RunId run) {
        return run == null ? null : failures.get(run);
    }

    /// Like [#get]; the caller will be told.
    synchronized @Nullable AgentException take(@Nullable RunId run) {
        return run == null ? null : failures.remove(run);
    }
}
