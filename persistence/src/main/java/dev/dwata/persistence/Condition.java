package dev.dwata.persistence;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the database takes what is written, as it turned out last. A change is logged, not each event.
///
///     healthy ──a write failed──► failing ──a write worked──► healthy
///        │                           writes are tried
///        ├──the file is not in its place──► misplaced ──the same file is back──► healthy
///        │                                     writes are refused
///        └──the disk or the file is broken──► broken, until the process ends
///                                              writes are refused
///
/// A disk that failed to store something (`fsync`) may say the next time that it did, with the data gone; so it
/// is not asked again.
final class Condition {
    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);

    /// With less than this a disk counts as full, even if a small write still found room.
    private static final long FULL_BELOW_BYTES = 512 * 1024;

    private final DatabaseFile file;
    private volatile @Nullable Trouble trouble;
    private volatile boolean returned;

    Condition(DatabaseFile file) {
        this.file = file;
    }

    private enum Kind {
        FAILING,
        FULL,
        MISPLACED,
        BROKEN
    }

    private record Trouble(Kind kind, AgentError why) {}

    /// What is wrong with writing; absent if nothing is.
    @Nullable
    AgentError problem() {
        Trouble now = trouble;
        return now == null ? null : now.why;
    }

    /// Whether writes fail and are tried all the same.
    boolean isFailing() {
        Trouble now = trouble;
        return now != null && (now.kind == Kind.FAILING || now.kind == Kind.FULL);
    }

    /// Why nothing may be written now, or count as written; absent if it may.
    @Nullable
    AgentException refusal() {
        Trouble now = trouble;
        if (now != null && now.kind == Kind.MISPLACED) {
            isInPlace();
            now = trouble;
        }
        return now != null && (now.kind == Kind.MISPLACED || now.kind == Kind.BROKEN)
                ? new AgentException(now.why)
                : null;
    }

    /// @throws AgentException if the file is not in its place
    void checkPlace() {
        AgentException why = isInPlace() ? null : refusal();
        if (why != null) {
            throw why;
        }
    }

    /// Whether the file has come back since this was last asked: it may hold what nobody was told of.
    boolean hasReturned() {
        boolean now = returned;
        if (now) {
            returned = false;
        }
        return now;
    }

    /// Looks where the file is.
    boolean isInPlace() {
        boolean inPlace = file.isInPlace();
        Trouble now = trouble;
        boolean misplaced = now != null && now.kind == Kind.MISPLACED;
        if (inPlace && misplaced) {
            returned = true;
            become(null);
        } else if (!inPlace && !misplaced) {
            become(new Trouble(
                    Kind.MISPLACED,
                    new AgentError.Internal("the database file " + file.path()
                            + " was moved, deleted or replaced while it was in use: nothing is written until the"
                            + " same file is back in its place")));
        }
        return inPlace;
    }

    /// Something was written.
    void worked() {
        Trouble now = trouble;
        if (now == null) {
            return;
        }
        if (now.kind == Kind.FAILING || (now.kind == Kind.FULL && file.usableSpace() >= FULL_BELOW_BYTES)) {
            become(null);
        }
    }

    /// Something was not written, or not read.
    ///
    /// @return what the caller is told
    AgentException failed(Throwable failure) {
        if (failure instanceof AgentException known) {
            return known;
        }
        if (StorageErrors.isDamage(failure)) {
            become(new Trouble(
                    Kind.BROKEN,
                    new AgentError.Internal(
                            "the database " + file.path() + " is damaged (" + StorageErrors.name(failure)
                                    + "): nothing more is written; stop dwata and see 'dwata doctor --recover'")));
        } else if (StorageErrors.isLostByTheDisk(failure)) {
            become(new Trouble(
                    Kind.BROKEN,
                    new AgentError.Internal("the disk failed to store the database " + file.path() + " ("
                            + StorageErrors.name(failure)
                            + "): nothing more is written until dwata is started again")));
        }
        Trouble now = trouble;
        return now != null && now.kind == Kind.BROKEN
                ? new AgentException(now.why, failure)
                : StorageErrors.of(failure);
    }

    /// Something was not written that would have been on a sound disk.
    ///
    /// @return what the caller is told
    AgentException failedToWrite(Throwable failure) {
        AgentException told = failed(failure);
        if (StorageErrors.isOfTheStorage(failure)) {
            Kind kind = told.error() instanceof AgentError.StorageFull ? Kind.FULL : Kind.FAILING;
            become(new Trouble(kind, told.error()));
        }
        return told;
    }

    /// What is worse stays.
    private synchronized void become(@Nullable Trouble next) {
        Trouble before = trouble;
        if (before != null && before.kind == Kind.BROKEN) {
            return;
        }
        if (next != null && before != null && before.kind == Kind.MISPLACED && next.kind != Kind.BROKEN) {
            return;
        }
        trouble = next;
        if (next == null) {
            LOG.info("the database is written again");
        } else if (before == null || before.kind != next.kind) {
            LOG.error("{}", next.why.message());
        }
    }
}
