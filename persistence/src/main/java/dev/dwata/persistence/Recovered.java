package dev.dwata.persistence;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a recovery.
///
/// @param from         what was read
/// @param keptAs       where the damaged database is now; absent: it was there already
/// @param lost         what could not be saved, each in one line
/// @param parked       runs that were not over, and wait for somebody to have them resumed
/// @param verification of what there is now
public record Recovered(Path from, @Nullable Path keptAs, List<String> lost, int parked, Verification verification) {
    public Recovered {
        lost = List.copyOf(lost);
    }
}
