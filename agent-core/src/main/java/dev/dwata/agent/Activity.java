package dev.dwata.agent;

import dev.dwata.types.RunId;
import org.jspecify.annotations.Nullable;

/// What goes on in a session.
///
/// @param activeRun the run under way; absent where nothing runs
/// @param queued    runs that wait for it
public record Activity(@Nullable RunId activeRun, int queued) {
    static final Activity NONE = new Activity(null, 0);
}
