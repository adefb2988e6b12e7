package dev.dwata.agent.store;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The append-only log of each session: entries 1, 2, 3 … without a gap. Deltas of runs that are over may be
/// put together later ([#compact]); nothing else ever changes. Messages, runs, tool calls and lists
/// are projections of it, brought up to date with the entry they follow from.
public interface SessionLog {

    /// Takes a message for a run: stores the session if it is new, the message's entry, the run as `queued` and
    /// the idempotency key, all or nothing, and returns when they would survive a loss of power.
    ///
    /// @return the new run; or, for an idempotency key that was used before with the same payload, the run of
    ///         then
    /// @throws AgentException with `NotFound` if the session does not exist for this owner,
    ///                        `IdempotencyConflict` if the key was used with another payload
    Admitted admit(Admission admission) throws InterruptedException;

    /// Appends an event.
    ///
    /// Entries of one caller are numbered in the order of its calls. For a *barrier*
    /// ([SessionLog#isBarrier]) this returns when the entry, and all before it, would survive a loss of power;
    /// for any other event it may return earlier, and a failure to store it is thrown by a later call for the
    /// same run. A live event is not stored; it reaches the listeners after the entries appended before it.
    ///
    /// An interrupt is noticed before anything is appended, never half-way: if this throws
    /// [InterruptedException] the event was not appended; an interrupt that comes later leaves the thread's
    /// flag set.
    ///
    /// @param run absent for events that belong to no run
    /// @throws AgentException if it could not be stored, or the session does not exist
    void append(SessionId session, @Nullable RunId run, AgentEvent event) throws InterruptedException;

    /// Appends an event of a run that the caller carries out; otherwise as
    /// [#append(SessionId, RunId, AgentEvent)].
    ///
    /// @throws ClaimLostException if the claim has ended; nothing was appended
    void append(Claim claim, AgentEvent event) throws InterruptedException;

    /// Reads a page of the log.
    ///
    /// @param afterSeq 0 for the beginning; an entry that this number lies in ([Envelope#splitBy]) is read, too
    /// @param limit    at most so many entries, at least 1
    /// @return oldest first; empty where there are none, or no such session
    List<Envelope> read(SessionId session, long afterSeq, int limit);

    /// The number of the latest stored entry; 0 where there is none, or no such session.
    long headSeq(SessionId session);

    /// Merges the deltas (`token`, `reasoning`) of runs that were over before `endedBefore`, each run once:
    /// those of one run, kind and turn that follow each other become one entry, up to 64 KiB of text each
    /// ([MergedDeltas]). Readers assemble the same text from it, and no number is left out. Runs are done one
    /// after the other in small steps, so that others who append do not wait; what was done when it ends early,
    /// by an interrupt or the end of the process, stays, and the rest is done the next time.
    ///
    /// @param mostRuns at least 1
    /// @return how many runs were done; fewer than `mostRuns` where no more are left
    int compact(Instant endedBefore, int mostRuns) throws InterruptedException;

    /// Calls `listener` with every committed batch from now on.
    void listen(CommitListener listener);

    /// Hears what was committed.
    @FunctionalInterface
    interface CommitListener {
        /// Called after the commit, on the thread that commits, in order; so it must neither block nor call
        /// back into the log's `append`. Entries of several sessions may come in one batch, each session's in
        /// its order.
        void committed(List<Envelope> batch);

        /// Called when another process has committed something to the same store, on the same thread and under
        /// the same rules; a reader who wants to know what it was compares the heads of its sessions.
        default void changedElsewhere() {}
    }

    /// Whether an event must be safe before anything else happens: a tool about to run, its outcome, what a
    /// model is no longer shown, the end of a run.
    static boolean isBarrier(AgentEvent event) {
        return switch (event) {
            case AgentEvent.MessageReceived e -> true;
            case AgentEvent.ToolCalled e -> true;
            case AgentEvent.ToolReturned e -> true;
            case AgentEvent.InputRequested e -> true;
            case AgentEvent.InputResolved e -> true;
            case AgentEvent.ToolStarted e -> true;
            case AgentEvent.Terminal e -> true;
            case AgentEvent.RunInterrupted e -> true;
            case AgentEvent.RunResumed e -> true;
            case AgentEvent.ContextCompacted e -> true;
            case AgentEvent.AttemptReset e -> false;
            case AgentEvent.Token e -> false;
            case AgentEvent.Reasoning e -> false;
            case AgentEvent.TurnCompleted e -> false;
            case AgentEvent.ErrorReported e -> false;
            case AgentEvent.Live e -> false;
            case AgentEvent.Unknown e -> false;
        };
    }
}
