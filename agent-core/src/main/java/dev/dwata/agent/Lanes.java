package dev.dwata.agent;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The queue of each session: its runs happen one at a time, in the order in which they were admitted.
final class Lanes {
    private final Map<SessionId, Lane> lanes = new HashMap<>();
    private final ConcurrentMap<RunId, RunTask> tasks = new ConcurrentHashMap<>();

    /// Makes a run, which is where it is admitted and thus gets its place.
    @FunctionalInterface
    interface Admit {
        /// @param position how many runs are before it, itself included; 0 if it starts at once
        /// @return absent if there is nothing to run
        @Nullable
        RunTask admit(int position) throws InterruptedException;
    }

    /// Admits a run and gives it its turn, holding other admissions to the same session back in between so that
    /// the order of the lane is the order of the log.
    ///
    /// @return the position it was given, -1 if nothing was admitted
    int submit(SessionId session, Admit admit) throws InterruptedException {
        Lane lane = enter(session);
        try {
            lane.admission.lockInterruptibly();
            try {
                int position = lane.position();
                RunTask task = admit.admit(position);
                if (task == null) {
                    return -1;
                }
                tasks.put(task.id(), task);
                lane.add(task);
                return position;
            } finally {
                lane.admission.unlock();
            }
        } finally {
            leave(session, lane);
        }
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
            return lane.withdraw(task) && tasks.remove(task.id()) != null;
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
        return present.stream().flatMap(lane -> lane.active().stream()).toList();
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
        private final Deque<RunTask> waiting = new ArrayDeque<>();
        private @Nullable RunTask active;
        private int users;

        Lane(SessionId session) {
            this.session = session;
        }

        /// The position that a run would get now. It can only become better until the run is added.
        int position() {
            synchronized (waiting) {
                return active == null ? 0 : waiting.size() + 1;
            }
        }

        void add(RunTask task) {
            enter(session);
            synchronized (waiting) {
                if (active != null) {
                    waiting.add(task);
                    return;
                }
                active = task;
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
                return new Activity(active == null ? null : active.id(), waiting.size());
            }
        }

        List<RunTask> active() {
            synchronized (waiting) {
                return active == null ? List.of() : List.of(active);
            }
        }

        private void over(RunTask task) {
            tasks.remove(task.id());
            RunTask next;
            synchronized (waiting) {
                next = waiting.poll();
                active = next;
            }
            leave(session, this);
            if (next != null) {
                next.start(() -> over(next));
            }
        }
    }

    /// @return the error for a run that cannot be cancelled any more
    static AgentException over(RunId run) {
        return new AgentException(new AgentError.Conflict("run " + run + " is over"));
    }
}
