package dev.dwata.agent.observe;

import org.jspecify.annotations.Nullable;

/// Is told what runs do while they do it. Called on the thread that does it, which waits: an observer takes
/// what it needs and returns. Must be safe for many threads. What it throws is logged once and harms no run.
///
///     run
///       queue wait
///       model call: attempt*
///       compaction: model call: attempt*
///       tool call: input wait*, run*
@FunctionalInterface
public interface Observer {

    /// Something begins.
    ///
    /// @param parent what it is a part of, as this observer returned it; absent where it is part of nothing, or
    ///               of nothing this observer wanted to see the end of
    /// @return is told how it ends; absent where that is of no interest
    @Nullable
    Observation begin(Observed what, @Nullable Observation parent);
}
