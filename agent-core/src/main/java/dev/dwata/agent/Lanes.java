package dev.dwata.agent;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The queue of each session: its runs happen one at a time, in the order in which they were admitted.
///
/// That order is kept among all processes by the store, which gives a run its turn ([Execution]); here it is
/// kept without asking. So a run that was taken over from another process, and comes before one that waits
/// there for its turn, is started beside it.
final class Lanes {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final Comparator<RunTask> BY_ADMISSION =
            Comparator.comparingLong(task -> task.info().admittedSeq());

    private final Map<SessionId, Lane> lanes = new HashMap<>();
    private final ConcurrentMap<RunId, RunTask> tasks = new ConcurrentHashMap<>();

    /// Makes a run, which is where it is admitted and thus gets its place.
    @FunctionalInterface
    interface Admit {
        /// @return absent if there is nothing to run
        @Nullable
        RunTask admit() throws InterruptedException;
    }

    /// Admits a run and gives it its turn, holding other admissions to the same session back in between so that
    /// the order of the lane is the order of the log.
    void submit(SessionId session, Admit admit) throws InterruptedException {
        Lane lane = enter(session);
        try {
            lane.admission.lockInterruptibly();
            try {
                RunTask task = admit.admit();
                if (task != null) {
                    replace(task);
                    lane.add(task);
                }
            } finally {
                lane.admission.unlock();
            }
        } finally {
            leave(session, lane);
        }
    }

    /// A run that comes a second time was lost to another process meanwhile: what was begun here is void.
    private void replace(RunTask task) throws InterruptedException {
        RunTask before = tasks.get(task.id());
        if (before != null) {
            before.abandon();
            before.awaitEnd(PATIENCE_MILLIS);
        }
        tasks.put(task.id(), task);
    }

    /// @return absent if it is over, or never was
    @Nullable
    RunTask find(RunId run) {
        return tasks.get(run);
    }

    /// Takes a run out that has not started.
    ///
    /// @return whether it was still waiting
    boolean withdraw(SessionId session, RunTask task) {
        Lane lane = enter(session);
        try {
            return lane.withdraw(task) && tasks.remove(task.id(), task);
        } finally {
            leave(session, lane);
        }
    }

    /// How things stand in one session.
    Activity activity(SessionId session) {
        Lane lane = enter(session);
        try {
            return lane.activity();
        } finally {
            leave(session, lane);
        }
    }

    /// The sessions in which something runs or waits.
    synchronized List<SessionId> busy() {
        return lanes.entrySet().stream()
                .filter(entry -> entry.getValue().activity().activeRun() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The runs that are under way.
    List<RunTask> active() {
        List<Lane> present;
        synchronized (this) {
            present = new ArrayList<>(lanes.values());
        }
        return present.stream().flatMap(lane -> lane.started().stream()).toList();
    }

    private synchronized Lane enter(SessionId session) {
        Lane lane = lanes.computeIfAbsent(session, id -> new Lane(id));
        lane.users++;
        return lane;
    }

    private synchronized void leave(SessionId session, Lane lane) {
        if (--lane.users == 0) {
            lanes.remove(session);
        }
    }

    private final class Lane {
        private final SessionId session;
        private final ReentrantLock admission = new ReentrantLock(true);
        private final List<RunTask> started = new ArrayList<>();
        private final List<RunTask> waiting = new ArrayList<>();
        private int users;

        Lane(SessionId session) {
            this.session = session;
        }

        void add(RunTask task) {
            enter(session);
            synchronized (waiting) {
                if (started.stream().anyMatch(other -> other.isBefore(task))) {
                    waiting.add(task);
                    waiting.sort(BY_ADMISSION);
                    return;
                }
                started.add(task);
                started.sort(BY_ADMISSION);
            }
            task.start(() -> over(task));
        }

        boolean withdraw(RunTask task) {
            synchronized (waiting) {
                if (!waiting.remove(task)) {
                    return false;
                }
            }
            leave(session, this);
            return true;
        }

        Activity activity() {
            synchronized (waiting) {
                return started.isEmpty()
                        ? Activity.NONE
                        : new Activity(started.getFirst().id(), started.size() - 1 + waiting.size());
            }
        }

        List<RunTask> started() {
            synchronized (waiting) {
                return List.copyOf(started);
            }
        }

        private void over(RunTask task) {
            tasks.remove(task.id(), task);
            RunTask next = null;
            synchronized (waiting) {
                started.remove(task);
                if (started.isEmpty() && !waiting.isEmpty()) {
                    next = waiting.removeFirst();
                    started.add(next);
                }
            }
            leave(session, this);
            if (next != null) {
                RunTask starting = next;
                starting.start(() -> over(starting));
            }
        }
    }

    /// @return the error for a run that cannot be cancelled any more
    static AgentException over(RunId run) {
        return new AgentException(new AgentError.Conflict("run " + run + " is over"));
    }
}
