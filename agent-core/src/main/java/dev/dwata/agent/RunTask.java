package dev.dwata.agent;

import dev.dwata.agent.store.ClaimLostException;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run on its way through a lane, on a virtual thread of its own. Whatever happens to it, it ends with
/// exactly one terminal event, unless it is to be carried on by another process; and it is interrupted at most
/// once.
final class RunTask {
    private static final Logger LOG = LoggerFactory.getLogger(RunTask.class);

    /// Why a run that goes on later was cut off by an orderly end.
    private static final String STOPPED = "dwata was stopped";

    /// What a run does.
    @FunctionalInterface
    interface Body {
        /// @param unstored why the end of the last try was not stored; absent at first
        /// @param stop     ends it from outside
        /// @return the event that ends it, not yet emitted
        Terminal run(@Nullable AgentException unstored, Stop stop) throws InterruptedException;
    }

    /// Ends a run from outside.
    interface Stop {
        /// @param end what it ends with, unless something else has ended it before
        void with(Terminal end);

        /// Whether something has ended it.
        boolean isAsked();
    }

    private final RunInfo info;
    private final Body body;
    private final RunLog log;
    private final Outage outage;
    private final ForcedEnd forced;
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Thread thread;
    private @Nullable AgentEvent stop;
    private @Nullable Runnable afterwards;
    private boolean ending;
    private boolean left;
    private volatile boolean abandoned;

    /// @param forced ends it when it does not stop
    RunTask(RunInfo info, Body body, RunLog log, Outage outage, ForcedEnd forced) {
        this.info = info;
        this.outage = outage;
        this.body = body;
        this.log = log;
        this.forced = forced;
    }

    RunId id() {
        return info.id();
    }

    RunInfo info() {
        return info;
    }

    /// Whether it was admitted before another of the same session.
    boolean isBefore(RunTask other) {
        return info.admittedSeq() < other.info.admittedSeq();
    }

    /// Starts it.
    ///
    /// @param afterwards called when it is over, on its thread
    synchronized void start(Runnable afterwards) {
        this.afterwards = afterwards;
        thread = Thread.ofVirtual().name(info.id().value()).start(() -> {
            try {
                AgentException unstored = null;
                do {
                    unstored = end(outcome(unstored));
                } while (unstored != null);
            } finally {
                release();
            }
        });
    }

    /// The lane may go on.
    private void release() {
        Runnable next;
        synchronized (this) {
            next = afterwards;
            afterwards = null;
        }
        if (next != null) {
            log.watched().letGo();
            over.countDown();
            next.run();
        }
    }

    /// Asks it to stop; the second time nothing happens.
    ///
    /// @return whether it will; false if it is ending by itself
    synchronized boolean cancel(String reason) {
        return interrupt(new RunCancelled("The run was cancelled.", reason));
    }

    /// Stops it because the process ends; the run does not, and goes on with the next process.
    synchronized void abandon() {
        abandoned = true;
        interrupt(new RunInterrupted(STOPPED));
    }

    /// Ends a run that was never started.
    void cancelUnstarted(String reason) {
        end(new RunCancelled("The run was cancelled before it started.", reason));
        over.countDown();
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }

    private synchronized boolean interrupt(AgentEvent with) {
        if (ending || thread == null) {
            return false;
        }
        if (stop == null) {
            stop = with;
            thread.interrupt();
            if (with instanceof Terminal end) {
                Thread.ofVirtual().name("dwata-stop").start(() -> endForSure(end));
            }
        }
        return true;
    }

    /// What was asked to stop and does not is left behind: the run ends without it.
    private void endForSure(Terminal end) {
        try {
            if (over.await(forced.patience().toMillis(), TimeUnit.MILLISECONDS) || !takeEnd()) {
                return;
            }
            forced.end(info.id(), end, log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AgentException e) {
            LOG.error("the end of run {} could not be stored: {}", info.id(), e.getMessage());
        }
        release();
    }

    private synchronized boolean takeEnd() {
        boolean mine = !ending;
        ending = true;
        left = mine;
        return mine;
    }

    /// Ends it from outside.
    private final class Stopping implements Stop {
        @Override
        public void with(Terminal end) {
            interrupt(end);
        }

        @Override
        public boolean isAsked() {
            synchronized (RunTask.this) {
                return stop != null;
            }
        }
    }

    /// @return absent if there is nothing to say: the run is another's, or has not begun and waits
    private @Nullable AgentEvent outcome(@Nullable AgentException unstored) {
        AgentEvent outcome;
        try {
            outcome = body.run(unstored, new Stopping());
        } catch (RunLog.Stopping e) {
            outcome = new RunInterrupted(STOPPED);
        } catch (ClaimLostException e) {
            LOG.info("{}", e.getMessage());
            outcome = null;
        } catch (Outage.TooLong e) {
            LOG.error("run {} goes on with the next start of dwata: {}", info.id(), e.getMessage());
            outcome = null;
        } catch (InterruptedException e) {
            outcome = new RunCancelled("The run was cancelled.", "interrupted");
        } catch (AgentException e) {
            outcome = new RunFailed(e.error());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("run {} failed", info.id(), e);
            outcome = new RunFailed(new AgentError.Internal("internal error: see the log of dwata"));
        }
        return settle(outcome);
    }

    private synchronized @Nullable AgentEvent settle(@Nullable AgentEvent outcome) {
        if (left) {
            return null;
        }
        ending = true;
        Thread.interrupted();
        AgentEvent end = stop == null || outcome == null ? outcome : stop;
        if (end == null || (end instanceof RunInterrupted && !log.isClaimed())) {
            return null;
        }
        return forced.orderly(info.id(), end);
    }

    /// Says how it ended; in an outage as soon as the storage takes it, or never if the process ends before.
    /// But a completion that is not stored at once may follow from what was not stored either: it is void.
    ///
    /// @return why its completion was not stored; absent if there is nothing more to do
    private @Nullable AgentException end(@Nullable AgentEvent end) {
        if (end == null) {
            return null;
        }
        try {
            if (end instanceof RunCompleted) {
                log.emit(end);
            } else {
                outage.outlast(() -> log.emit(end), this::stopIfAbandoned);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a run that ends is not interrupted", e);
        } catch (Outage.TooLong e) {
            LOG.error("the end of run {} was not stored: {}", info.id(), e.getMessage());
        } catch (ClaimLostException e) {
            LOG.info("{}", e.getMessage());
        } catch (AgentException e) {
            if (end instanceof RunCompleted && outage.isBehind(e)) {
                reopen();
                return e;
            }
            LOG.error("the end of run {} could not be stored: {}", info.id(), e.getMessage());
        }
        return null;
    }

    private synchronized void reopen() {
        ending = false;
    }

    private void stopIfAbandoned() {
        if (abandoned) {
            throw new AgentException(new AgentError.Draining("dwata is shutting down"));
        }
    }
}
