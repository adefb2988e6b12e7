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
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. It takes whatever jobs have come while it was busy, does them in one
/// transaction, replies to those who wait, and then tells the listeners what was committed. So a lone job is
/// committed at once, and under load hundreds share one commit. A commit waits for the disk only when one of
/// its jobs asks for it.
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int QUEUE = 4096;
    private static final int MOST_PER_COMMIT = 1024;
    private static final long IDLE_SECONDS = 2;

    private final Handle handle;
    private final Supplier<Transaction> transactions;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final FailedRuns failed = new FailedRuns();
    private final Thread thread;
    private volatile boolean closing;
    private boolean syncing = true;
    private boolean checkpointed = true;

    /// @param handle       used by the writer's thread only from now on, and closed by it
    /// @param transactions makes them, over that handle
    Writer(Handle handle, Supplier<Transaction> transactions) {
        this.handle = handle;
        this.transactions = transactions;
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
                Job<?> first = checkpointed ? queue.take() : queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
                if (first == null) {
                    checkpoint();
                    continue;
                }
                jobs.add(first);
                queue.drainTo(jobs, MOST_PER_COMMIT - 1);
                doAll(jobs);
            } catch (InterruptedException e) {
                LOG.warn("the writer is closed, not interrupted"); // nobody has this thread to interrupt it
            }
            jobs.clear();
        }
        checkpoint();
        handle.close();
    }

    /// Does the jobs in one transaction, or in one each if they cannot be committed together.
    private void doAll(List<Job<?>> jobs) {
        List<Envelope> entries;
        try {
            entries = commit(jobs);
        } catch (Throwable e) {
            if (jobs.size() > 1 && !StorageErrors.isOfTheStorage(e)) {
                jobs.forEach(job -> doAll(List.of(job)));
                return;
            }
            AgentException why = StorageErrors.of(e);
            jobs.forEach(job -> job.refuse(why));
            entries = List.of();
        }
        for (Job<?> job : jobs) {
            job.settle(failed);
        }
        if (!entries.isEmpty()) {
            tell(entries);
        }
    }

    private List<Envelope> commit(List<Job<?>> jobs) {
        Transaction transaction = transactions.get();
        if (jobs.stream().allMatch(job -> job.safety == Safety.UNSTORED)) {
            doIn(transaction, jobs);
            return transaction.entries();
        }
        sync(jobs.stream().anyMatch(job -> job.safety == Safety.SYNCED));
        handle.execute("BEGIN IMMEDIATE");
        try {
            doIn(transaction, jobs);
            transaction.flush();
            handle.execute("COMMIT");
        } catch (Throwable e) {
            rollBack();
            throw e;
        }
        checkpointed = false;
        return transaction.entries();
    }

    private void doIn(Transaction transaction, List<Job<?>> jobs) {
        for (Job<?> job : jobs) {
            AgentException earlier = failed.since(job.run, job.reliesOn());
            if (earlier == null) {
                job.doIn(transaction);
            } else {
                job.leave(earlier);
            }
        }
    }

    /// @param wanted whether the next commit is to wait for the disk
    private void sync(boolean wanted) {
        if (wanted != syncing) {
            handle.execute(wanted ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            syncing = wanted;
        }
    }

    private void rollBack() {
        try {
            handle.execute("ROLLBACK");
        } catch (RuntimeException e) {
            LOG.debug("there was nothing left to roll back", e); // SQLite has done it, on a full disk for example
        }
    }

    private void tell(List<Envelope> entries) {
        for (CommitListener listener : listeners) {
            try {
                listener.committed(entries);
            } catch (RuntimeException | Error e) { // whatever it is, the others wait for this thread
                LOG.error("a commit listener failed", e);
            }
        }
    }

    /// Moves what is in the write-ahead log into the database, as far as nobody reads it.
    private void checkpoint() {
        checkpointed = true;
        try {
            handle.createQuery("PRAGMA wal_checkpoint(PASSIVE)").mapToMap().one();
        } catch (RuntimeException e) {
            LOG.debug("the write-ahead log was not emptied", e); // it is tried again after the next commit
        }
    }
}
