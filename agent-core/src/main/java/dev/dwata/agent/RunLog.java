package dev.dwata.agent;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Claim;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunProgress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Where the events of one run go, without secrets; under the claim on it, once there is one.
final class RunLog implements EventSink {
    private final SessionLog log;
    private final RunInfo run;
    private final BooleanSupplier stopping;
    private final Redaction redaction;
    private final RedactedDeltas deltas;
    private final WatchedRun watched;
    private volatile @Nullable Claim claim;

    /// @param stopping whether the process is about to end, so that no further step is to be begun
    RunLog(Parts parts, RunInfo run, BooleanSupplier stopping, WatchedRun watched) {
        this.log = parts.store().log();
        this.run = run;
        this.stopping = stopping;
        this.redaction = parts.redaction();
        this.watched = watched;
        this.deltas = new RedactedDeltas(redaction, this::append);
    }

    /// Thrown where the next step would begin, while the process is about to end.
    static final class Stopping extends RuntimeException {
        Stopping() {
            super("dwata is about to stop", null, false, false);
        }
    }

    void claimed(Claim taken) {
        claim = taken;
        watched.begun();
    }

    /// The run, as observers see it.
    WatchedRun watched() {
        return watched;
    }

    boolean isClaimed() {
        return claim != null;
    }

    /// @throws Stopping instead of taking an event that begins a step
    void stopBetweenSteps() {
        if (stopping.getAsBoolean()) {
            throw new Stopping();
        }
    }

    @Override
    public void emit(AgentEvent event) throws InterruptedException {
        if (beginsStep(event)) {
            stopBetweenSteps();
        }
        if (redaction.isNone()) {
            append(event);
        } else if (!deltas.take(event)) {
            append(redaction.event(event));
        }
    }

    private void append(AgentEvent event) throws InterruptedException {
        Claim held = claim;
        if (held == null) {
            log.append(run.sessionId(), run.id(), event);
        } else {
            log.append(held, event);
        }
        if (event instanceof AgentEvent.Terminal end) {
            watched.ended(end);
        }
    }

    /// The next model call, or the next tool.
    private static boolean beginsStep(AgentEvent event) {
        return event instanceof AgentEvent.ToolCalled
                || (event instanceof AgentEvent.StatusChanged changed && changed.status() == RunProgress.THINKING);
    }
}
