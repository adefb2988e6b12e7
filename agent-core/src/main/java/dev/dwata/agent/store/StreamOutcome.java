package dev.dwata.agent.store;

import org.jspecify.annotations.Nullable;

/// What became of a stream that was to be made or appended to. Nothing was stored unless it was [Done] and new.
public sealed interface StreamOutcome {

    /// @param stream   as it is now
    /// @param fresh    false: this was done before
    /// @param producer how far the producer is; absent where there is none
    record Done(StreamInfo stream, boolean fresh, StreamAppend.@Nullable Producer producer) implements StreamOutcome {}

    /// @param message one sentence
    /// @param stream  as it is; absent where there is none
    record Refused(Reason reason, String message, @Nullable StreamInfo stream) implements StreamOutcome {}

    /// The producer has begun anew since, somewhere else perhaps.
    record StaleEpoch(long current) implements StreamOutcome {}

    /// Something of the producer's is missing before this.
    record Gap(long expected, long received) implements StreamOutcome {}

    /// Why not.
    enum Reason {
        NOT_FOUND,
        /// Deleted, and only there for its forks.
        GONE,
        CLOSED,
        CONFLICT,
        INVALID,
        TOO_MANY
    }
}
