package dev.dwata.persistence;

import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.SessionLog.CommitListener;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. It takes whatever jobs have come while it was busy, does them in one
/// transaction, replies to those who wait, and then tells the listeners what was committed. So a lone job is
/// committed at once, and under load hundreds share one commit. A commit waits for the disk only when one of
/// its jobs asks for it. What the database does not take is refused, and its [Condition] says why.
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int QUEUE = 4096;
    private static final int MOST_PER_COMMIT = 1024;

    private final Handle handle;
    private final Condition condition;
    private final Commits commits;
    private final Chores chores;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final FailedRuns failed = new FailedRuns();
    private final Thread thread;
    private volatile boolean closing;

    /// @param handle       used by the writer's thread only from now on, and closed by it
    /// @param transactions makes them, over that handle
    Writer(Handle handle, Supplier<Transaction> transactions, Condition condition) {
        this.handle = handle;
        this.condition = condition;
        this.commits = new Commits(handle, transactions, failed);
        this.chores = new Chores(handle, commits, condition, this::tellOfOthers);
        this.thread = Thread.ofPlatform().name("dwata-writer").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    void listen(CommitListener listener) {
        listeners.add(listener);
    }

    /// Has it done and waits for it, interrupted or not.
    <T extends @Nullable Object> T call(Safety safety, Function<Transaction, T> work) {
        Job<T> job = Job.awaited(safety, null, work);
        boolean interrupted = false;
        while (true) {
            try {
                submit(job);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return job.await();
    }

    /// Puts the job in the queue; waits where that is full.
    ///
    /// @throws InterruptedException if the job was not put in
    /// @throws AgentException if an earlier job of its run failed that nobody has waited for
    void submit(Job<?> job) throws InterruptedException {
        if (Thread.currentThread().equals(thread)) {
            throw Refusal.appendFromListener();
        }
        AgentException earlier = failed.tell(job.run);
        if (earlier != null) {
            throw earlier;
        }
        if (closing) {
            throw Refusal.closed();
        }
        job.relyOn(failed.count(job.run));
        queue.put(job);
        if (closing) {
            awaitEnd();
            if (queue.remove(job)) {
                throw Refusal.closed();
            }
        }
    }

    /// How many jobs wait for their commit.
    int queued() {
        return queue.size();
    }

    /// Does what is in the queue, then ends. Further jobs are refused.
    void close() {
        closing = true;
        queue.offer(Job.unawaited(Safety.UNSTORED, null, transaction -> true)); // wakes it; a full queue needs none
        awaitEnd();
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Job<?>> jobs = new ArrayList<>();
        while (!(closing && queue.isEmpty())) {
            try {
                Job<?> first = queue.poll(Chores.patience(!listeners.isEmpty()), TimeUnit.NANOSECONDS);
                if (first != null) {
                    jobs.add(first);
                    queue.drainTo(jobs, MOST_PER_COMMIT - 1);
                    doAll(jobs);
                }
                chores.attend(first == null, !listeners.isEmpty());
            } catch (InterruptedException e) {
                LOG.warn("the writer is closed, not interrupted"); // nobody has this thread to interrupt it
            }
            jobs.clear();
        }
        chores.checkpoint();
        handle.close();
    }

    /// Does the jobs in one transaction, or in one each if they cannot be committed together.
    private void doAll(List<Job<?>> all) {
        List<Job<?>> jobs = allowed(all);
        if (jobs.isEmpty()) {
            return;
        }
        try {
            List<Envelope> entries = commit(jobs);
            jobs.forEach(job -> job.settle(failed));
            if (!entries.isEmpty()) {
                tell(listener -> listener.committed(entries));
            }
        } catch (Throwable e) {
            if (jobs.size() > 1 && !StorageErrors.isOfTheStorage(e)) {
                jobs.forEach(job -> doAll(List.of(job)));
            } else {
                refuse(jobs, condition.failedToWrite(e));
            }
        }
    }

    private void refuse(List<Job<?>> jobs, AgentException why) {
        for (Job<?> job : jobs) {
            job.refuse(why);
            job.settle(failed);
        }
    }

    /// Refuses what would be written while nothing may be.
    private List<Job<?>> allowed(List<Job<?>> jobs) {
        AgentException why = condition.refusal();
        if (condition.hasReturned()) {
            tellOfOthers();
        }
        if (why == null) {
            return jobs;
        }
        refuse(jobs.stream().filter(job -> job.safety != Safety.UNSTORED).toList(), why);
        return jobs.stream().filter(job -> job.safety == Safety.UNSTORED).toList();
    }

    /// What somebody relies on counts only if it is in the file that everybody else finds.
    private List<Envelope> commit(List<Job<?>> jobs) {
        List<Envelope> entries = commits.commit(jobs);
        if (jobs.stream().anyMatch(job -> job.safety != Safety.UNSTORED)) {
            if (jobs.stream().anyMatch(job -> job.safety == Safety.SYNCED)) {
                condition.checkPlace();
            }
            condition.worked();
            chores.committed(jobs.size());
        }
        return entries;
    }

    private void tellOfOthers() {
        tell(CommitListener::changedElsewhere);
    }

    private void tell(Consumer<CommitListener> what) {
        for (CommitListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error e) { // whatever it is, the others wait for this thread
                LOG.error("a commit listener failed", e);
            }
        }
    }
}
