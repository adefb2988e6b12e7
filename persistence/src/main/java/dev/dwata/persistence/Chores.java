package dev.dwata.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the writer does besides its jobs, each when it is time: it moves the write-ahead log into the database,
/// looks whether the file is still in its place and whether others have written to it, tries whether writing
/// works again, and forgets old keys. Used by the writer's thread only.
final class Chores {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long TIDY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int JOBS_PER_LOOK = 512;

    /// Pages of 4 KiB that the write-ahead log holds before it is emptied under load, too.
    private static final int MOST_PAGES = 4000;

    private final Handle handle;
    private final Commits commits;
    private final Condition condition;
    private final Runnable changedElsewhere;
    private final long begun = System.nanoTime();
    private long looked = begun;
    private long ticked = begun;
    private long committed = begun;
    private long tidied = begun - TIDY_NANOS;
    private int jobs;
    private boolean checkpointed = true;
    private long version;
    private @Nullable PreparedStatement versionQuestion;

    /// @param changedElsewhere tells those who listen
    Chores(Handle handle, Commits commits, Condition condition, Runnable changedElsewhere) {
        this.handle = handle;
        this.commits = commits;
        this.condition = condition;
        this.changedElsewhere = changedElsewhere;
        this.version = number("PRAGMA data_version", 1);
    }

    /// Nanoseconds that the writer may wait for jobs before it comes here again.
    static long patience(boolean listening) {
        return listening ? LOOK_NANOS : TICK_NANOS;
    }

    void committed(int count) {
        committed = System.nanoTime();
        checkpointed = false;
        jobs += count;
    }

    /// @param idle      whether there was nothing else to do
    /// @param listening whether anybody wants to know what others write
    void attend(boolean idle, boolean listening) {
        long now = System.nanoTime();
        if (listening && now - looked >= LOOK_NANOS) {
            looked = now;
            lookElsewhere();
        }
        if (now - ticked >= TICK_NANOS) {
            ticked = now;
            tick();
        }
        if (!checkpointed && idle && now - committed >= IDLE_NANOS) {
            checkpoint();
        } else if (jobs >= JOBS_PER_LOOK) {
            jobs = 0;
            if (pagesToMove() > MOST_PAGES) {
                checkpoint();
            }
        }
    }

    /// What other connections have committed counts; what this one has, and what is only read or moved, does
    /// not (sqlite.org/pragma.html#pragma_data_version, read 2026-11-21).
    private void lookElsewhere() {
        try {
            long now = dataVersion();
            if (version != now) {
                version = now;
                changedElsewhere.run();
            }
        } catch (SQLException e) {
            condition.failed(e);
        }
    }

    /// Asked ten times a second, so prepared once.
    private long dataVersion() throws SQLException {
        PreparedStatement question = versionQuestion;
        if (question == null) {
            question = handle.getConnection().prepareStatement("PRAGMA data_version");
            versionQuestion = question;
        }
        try (ResultSet answer = question.executeQuery()) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private void tick() {
        if (condition.isInPlace() && condition.hasReturned()) {
            changedElsewhere.run();
        }
        if (condition.isFailing()) {
            try {
                commits.probe();
                condition.worked();
            } catch (RuntimeException e) {
                condition.failedToWrite(e);
            }
        } else if (System.nanoTime() - tidied >= TIDY_NANOS) {
            tidied = System.nanoTime();
            tidy();
        }
    }

    private void tidy() {
        if (condition.refusal() != null) {
            return;
        }
        try {
            commits.tidy();
        } catch (RuntimeException e) {
            LOG.debug("old keys were not forgotten", e); // they are, a minute later
        }
    }

    private long pagesToMove() {
        try {
            return number("PRAGMA wal_checkpoint(NOOP)", 2) - number("PRAGMA wal_checkpoint(NOOP)", 3);
        } catch (RuntimeException e) {
            condition.failed(e);
            return 0;
        }
    }

    /// Moves what is in the write-ahead log into the database, as far as nobody reads it.
    void checkpoint() {
        checkpointed = true;
        if (condition.refusal() != null) {
            return;
        }
        try {
            number("PRAGMA wal_checkpoint(PASSIVE)", 1);
        } catch (RuntimeException e) {
            condition.failed(e);
            LOG.debug("the write-ahead log was not emptied", e); // it is tried again after the next commit
        }
    }

    private long number(String pragma, int column) {
        return handle.createQuery(pragma)
                .map((row, context) -> row.getLong(column))
                .one();
    }
}
