package dev.dwata.agent.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A program that dwata has started and answers for.
///
/// @param marker    what its environment holds under `DWATA_CHILD`, as do all that it starts: unique, `a-z 0-9`
/// @param program   what was started, for people
/// @param pid       the first process; absent where it may not have been started any more
/// @param startedAt when the operating system says that that process began, which tells it from a later one of
///                  the same number; absent with it
public record Child(
        String marker,
        String program,
        @Nullable Long pid,
        @Nullable Instant startedAt) {

    /// About to be started.
    public Child(String marker, String program) {
        this(marker, program, null, null);
    }

    public Child started(long asPid, Instant at) {
        return new Child(marker, program, asPid, at);
    }
}
