package dev.dwata.persistence;

import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does jobs in one transaction each time; used by the writer's thread only.
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

    private final Handle handle;
    private final Supplier<Transaction> transactions;
    private final FailedRuns failed;
    private boolean syncing = true;

    Commits(Handle handle, Supplier<Transaction> transactions, FailedRuns failed) {
        this.handle = handle;
        this.transactions = transactions;
        this.failed = failed;
    }

    /// All or none. Those that store nothing need no commit.
    ///
    /// @return what the listeners are to be told
    List<Envelope> commit(List<Job<?>> jobs) {
        Transaction transaction = transactions.get();
        if (jobs.stream().allMatch(job -> job.safety == Safety.UNSTORED)) {
            doIn(transaction, jobs);
            return transaction.entries();
        }
        sync(jobs.stream().anyMatch(job -> job.safety == Safety.SYNCED));
        inTransaction(() -> {
            doIn(transaction, jobs);
            transaction.flush();
        });
        return transaction.entries();
    }

    /// Writes something that changes nothing, and has the disk store it. Does not wait where another program
    /// has locked the database.
    void probe() {
        int patience = handle.createQuery("PRAGMA busy_timeout")
                .map((row, context) -> row.getInt(1))
                .one();
        handle.execute("PRAGMA busy_timeout=0");
        try {
            sync(true);
            inTransaction(() -> handle.execute("UPDATE meta SET created_at = created_at"));
        } finally {
            handle.execute("PRAGMA busy_timeout=" + patience);
        }
    }

    /// Forgets what nobody needs any more.
    void tidy() {
        if (OldKeys.areMany(handle)) {
            sync(false);
            inTransaction(() -> LOG.debug("{} old keys were forgotten", OldKeys.forget(handle, Instant.now())));
        }
    }

    private void inTransaction(Runnable work) {
        handle.execute("BEGIN IMMEDIATE");
        try {
            work.run();
            handle.execute("COMMIT");
        } catch (Throwable e) {
            rollBack();
            throw e;
        }
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
}
