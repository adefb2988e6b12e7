package dev.dwata.persistence;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a database looks from outside.
///
/// @param logBytes  of its write-ahead log
/// @param openRuns  runs that are not over
/// @param fault     the first that SQLite finds in its pages; absent: none
/// @param isInUse   whether a store is open on it, in whichever process
/// @param isUnclean whether a store has ended without closing it
/// @param leftovers files of copies that were cut short; nobody needs them
public record DatabaseLook(
        long bytes,
        long logBytes,
        int schema,
        Counts counts,
        long openRuns,
        @Nullable String fault,
        boolean isInUse,
        boolean isUnclean,
        List<Path> leftovers) {
    public DatabaseLook {
        leftovers = List.copyOf(leftovers);
    }
}
