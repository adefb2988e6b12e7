package dev.dwata.agent;

import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes over the runs of processes that are gone or stand still, and gives them back to their lanes in the
/// order in which they were admitted. A run that had begun is marked as interrupted first; [Execution] carries
/// it on from its last durable step, or it is parked.
final class Recovery {
    static final String PROCESS_ENDED = "the process ended before the run did";

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Store store;
    private final ResumeMode mode;

    Recovery(Store store, ResumeMode mode) {
        this.store = store;
        this.mode = mode;
    }

    /// Takes a run that is to be carried on.
    @FunctionalInterface
    interface Lane {
        void add(RunInfo run) throws InterruptedException;
    }

    /// @param session only the runs of this one; absent: all
    void recover(@Nullable SessionId session, Lane lane) throws InterruptedException {
        for (RunInfo run : store.runs().adopt(session)) {
            try {
                if (run.status() == RunStatus.QUEUED || !isParked(run)) {
                    lane.add(run);
                }
            } catch (AgentException e) {
                LOG.error("run {} could not be taken over: {}", run.id(), e.getMessage());
            }
        }
    }

    /// Marks a run that had begun. Where the storage does not take that, [Execution] does it.
    private boolean isParked(RunInfo run) throws InterruptedException {
        try {
            if (run.status() != RunStatus.INTERRUPTED) {
                store.log().append(run.sessionId(), run.id(), new RunInterrupted(PROCESS_ENDED));
            }
            if (mode == ResumeMode.MANUAL) {
                store.runs().park(run.id());
                LOG.info("run {} of session {} was cut off and waits to be resumed", run.id(), run.sessionId());
                return true;
            }
        } catch (AgentException e) {
            if (!Outage.isBehind(e, store)) {
                throw e;
            }
        }
        return false;
    }
}
