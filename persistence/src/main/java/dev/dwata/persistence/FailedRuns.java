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

    private final Map<RunId, Failure> failures = new LinkedHashMap<>();

    /// @param number  of this failure among those of its run, from 1
    /// @param isKnown whether its run's caller was told
    private record Failure(int number, AgentException why, boolean isKnown) {}

    /// How many failures the run has had: what a job that is put in now has behind it.
    synchronized int count(@Nullable RunId run) {
        Failure latest = run == null ? null : failures.get(run);
        return latest == null ? 0 : latest.number();
    }

    synchronized void add(RunId run, AgentException why) {
        failures.put(run, new Failure(count(run) + 1, why, false));
        if (failures.size() > MOST) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /// The failure that came after a job was put in, told or not: the job relied on what was not stored.
    synchronized @Nullable AgentException since(@Nullable RunId run, int count) {
        Failure latest = run == null ? null : failures.get(run);
        return latest != null && latest.number() > count ? latest.why() : null;
    }

    /// The failure that the run's caller does not know of yet; it does now.
    synchronized @Nullable AgentException tell(@Nullable RunId run) {
        Failure latest = run == null ? null : failures.get(run);
        if (run == null || latest == null || latest.isKnown()) {
            return null;
        }
        failures.put(run, new Failure(latest.number(), latest.why(), true));
        return latest.why();
    }
}
