package dev.dwata.gateway.agui;

import dev.dwata.types.InputId;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One run of a client: the part of a run of ours from its message, or from where it waited for an answer, to
/// its end or to where it waits again.
///
/// @param threadId    what the client calls the session
/// @param name        what it calls its run
/// @param parentRunId as the client gave it
/// @param admittedSeq the entry that our run begins with
/// @param start       the entry that the part begins with: that one, or the one after which everything waited
/// @param answered    what the client's run has answered
record Segment(
        String threadId,
        RunName name,
        @Nullable String parentRunId,
        SessionId session,
        RunId run,
        long admittedSeq,
        long start,
        Set<InputId> answered) {
    Segment {
        answered = Set.copyOf(answered);
    }

    /// @param threadId    what the client calls the session
    /// @param parentRunId as the client gave it
    static Segment of(String threadId, RunName name, @Nullable String parentRunId, Segments.Found found) {
        return new Segment(
                threadId,
                name,
                parentRunId,
                found.run().sessionId(),
                found.run().id(),
                found.run().admittedSeq(),
                found.start(),
                found.answered());
    }
}
