package dev.dwata.agent;

import dev.dwata.agent.store.Store;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputRequest;
import dev.dwata.types.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the input requests of one run and waits for their answers. What it waits for is in the log, so nothing
/// is lost with the thread that waits: a run which is taken up again goes on waiting for the same request.
final class RunInputs {
    private static final Logger LOG = LoggerFactory.getLogger(RunInputs.class);
    private static final long LONGEST_MILLIS = 3_600_000;
    private static final long AGAIN_MILLIS = 1_000;

    private final Store store;
    private final InputDesk desk;
    private final RunLog log;
    private final AskedBefore before;
    private final Deadline deadline;
    private final InstantSource clock;

    /// @param before   what the run has asked for in the turn that it is resumed in
    /// @param deadline of the run, which is not brought nearer by waiting
    RunInputs(Store store, InputDesk desk, RunLog log, AskedBefore before, Deadline deadline) {
        this.store = store;
        this.desk = desk;
        this.log = log;
        this.before = before;
        this.deadline = deadline;
        this.clock = InstantSource.system();
    }

    /// An event of the run was not stored: that is no failure of the tool for which it was made.
    static final class Unstored extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final AgentException why;

        Unstored(AgentException why) {
            super(why);
            this.why = why;
        }

        AgentException why() {
            return why;
        }
    }

    /// A request, and what became of it.
    record Answered(InputRequested request, InputResolved resolution) {}

    /// What the run has asked for before it was cut off.
    AskedBefore before() {
        return before;
    }

    /// Asks, unless the call has asked for it before the run was cut off, and waits.
    ///
    /// @param make a new request, from the time when it expires
    /// @throws InterruptedException if cancelled; the request is resolved as that
    Answered ask(String toolCallId, Duration patience, Function<Instant, InputRequested> make)
            throws InterruptedException {
        InputRequested earlier = before.next(toolCallId);
        InputRequested request = earlier == null ? make.apply(clock.instant().plus(patience)) : earlier;
        InputResolved known = before.resolution(request.requestId());
        return new Answered(request, known == null ? await(request, earlier == null) : known);
    }

    private InputResolved await(InputRequested request, boolean isNew) throws InterruptedException {
        deadline.pause();
        try (InputDesk.Waiter waiter = desk.expect(request.requestId())) {
            if (isNew) {
                emit(request);
            }
            emit(new StatusChanged(RunProgress.WAITING_INPUT));
            InputResolved resolution = await(request, waiter);
            emit(new StatusChanged(RunProgress.EXECUTING_TOOL));
            return resolution;
        } catch (InterruptedException e) {
            log.stopBetweenSteps();
            settleForSure(request);
            throw e;
        } finally {
            deadline.resume();
        }
    }

    private InputResolved await(InputRequested request, InputDesk.Waiter waiter) throws InterruptedException {
        while (true) {
            log.stopBetweenSteps();
            long longest = LONGEST_MILLIS;
            try {
                InputResolved resolution = stored(request);
                if (resolution != null) {
                    return resolution;
                }
            } catch (AgentException e) {
                LOG.warn("an answer cannot be looked for, which is tried again: {}", e.getMessage());
                longest = AGAIN_MILLIS;
            }
            long left = Duration.between(clock.instant(), request.expiresAt()).toMillis();
            InputResolved resolution = left > 0
                    ? waiter.await(Math.min(left, longest))
                    : settle(request, InputDecision.EXPIRED, "nobody answered in time");
            if (resolution != null) {
                return resolution;
            }
        }
    }

    private @Nullable InputResolved stored(InputRequested request) {
        return store.inputs()
                .find(request.requestId())
                .map(InputRequest::resolution)
                .orElse(null);
    }

    /// Nobody has to answer any more.
    ///
    /// @return how it was resolved, which may be by somebody who was faster
    private InputResolved settle(InputRequested request, InputDecision decision, String reason)
            throws InterruptedException {
        InputResolved resolution = InputResolved.unanswered(request.requestId(), decision, reason);
        try {
            log.emit(resolution);
            return resolution;
        } catch (AgentException e) {
            if (e.error() instanceof AgentError.AlreadyResolved) {
                return Objects.requireNonNull(stored(request), "it was resolved");
            }
            throw new Unstored(e);
        }
    }

    /// An interrupt that comes meanwhile means that the entry was not taken.
    private void settleForSure(InputRequested request) {
        boolean again = true;
        while (again) {
            try {
                settle(request, InputDecision.CANCELLED, "what asked for it was stopped");
                again = false;
            } catch (InterruptedException e) {
                // given again
            } catch (AgentException | Unstored e) {
                again = false; // the end of the run settles it
            }
        }
    }

    /// Settles what a call has asked for that will not be needed any more.
    void withdraw(String toolCallId, String reason) throws InterruptedException {
        for (InputRequested open : before.open(toolCallId)) {
            settle(open, InputDecision.CANCELLED, reason);
        }
    }

    /// Tells what happens to whoever watches.
    ///
    /// @throws Unstored if it could not be stored
    void emit(AgentEvent event) throws InterruptedException {
        try {
            log.emit(event);
        } catch (AgentException e) {
            throw new Unstored(e);
        }
    }
}
