package dev.dwata.persistence;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Says in dwata's words what went wrong in the database.
final class StorageErrors {
    private static final Logger LOG = LoggerFactory.getLogger(StorageErrors.class);

    private StorageErrors() {}

    /// Carries what the driver threw past methods that declare nothing; [#of] looks into it.
    static final class Failed extends RuntimeException {
        Failed(SQLException cause) {
            super(cause);
        }
    }

    /// What the caller is told. What is not a matter of the storage is a defect, and logged, once, here.
    static AgentException of(Throwable failure) {
        if (failure instanceof AgentException known) {
            return known;
        }
        SQLiteErrorCode code = code(failure);
        if (code != null && isFull(code)) {
            return new AgentException(new AgentError.StorageFull("there is no space left for the database"), failure);
        }
        if (code != null && isBusy(code)) {
            return new AgentException(
                    new AgentError.StorageBusy("another program has kept the database locked for too long"), failure);
        }
        if (isOfTheStorage(failure)) {
            LOG.debug("the storage failed", failure); // its condition is logged when it changes
        } else {
            LOG.error("the database failed", failure);
        }
        String what = code == null ? "the database failed" : "the database failed (" + code.name() + ")";
        return new AgentException(new AgentError.Internal(what), failure);
    }

    /// Whether the same would happen to whatever else is tried now, so that it is no use trying the parts of a
    /// batch one by one.
    static boolean isOfTheStorage(Throwable failure) {
        SQLiteErrorCode code = code(failure);
        return code != null && (isFull(code) || isBusy(code) || isBroken(code));
    }

    /// Whether somebody else keeps it locked.
    static boolean isLocked(Throwable failure) {
        SQLiteErrorCode code = code(failure);
        return code != null && isBusy(code);
    }

    /// Whether the file is not, or no longer, what SQLite can read.
    static boolean isDamage(Throwable failure) {
        SQLiteErrorCode code = code(failure);
        return code != null
                && (primary(code) == SQLiteErrorCode.SQLITE_CORRUPT.code
                        || primary(code) == SQLiteErrorCode.SQLITE_NOTADB.code);
    }

    /// Whether the disk did not store what it had taken. It may say the next time that it did, with the data
    /// gone.
    static boolean isLostByTheDisk(Throwable failure) {
        SQLiteErrorCode code = code(failure);
        return code == SQLiteErrorCode.SQLITE_IOERR_FSYNC || code == SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC;
    }

    /// SQLite's name of what happened.
    static String name(Throwable failure) {
        SQLiteErrorCode code = code(failure);
        return code == null ? failure.getClass().getSimpleName() : code.name();
    }

    /// Room in the write-ahead log's index is a matter of space, too.
    private static boolean isFull(SQLiteErrorCode code) {
        return primary(code) == SQLiteErrorCode.SQLITE_FULL.code || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    private static boolean isBusy(SQLiteErrorCode code) {
        return primary(code) == SQLiteErrorCode.SQLITE_BUSY.code || primary(code) == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    private static boolean isBroken(SQLiteErrorCode code) {
        int primary = primary(code);
        return primary == SQLiteErrorCode.SQLITE_IOERR.code
                || primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary == SQLiteErrorCode.SQLITE_NOTADB.code
                || primary == SQLiteErrorCode.SQLITE_READONLY.code
                || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code;
    }

    /// Extended codes carry the primary one in their low byte.
    private static int primary(SQLiteErrorCode code) {
        return code.code & 0xFF;
    }

    private static @Nullable SQLiteErrorCode code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite.getResultCode();
            }
            if (cause instanceof SQLException sql) {
                return SQLiteErrorCode.getErrorCode(sql.getErrorCode());
            }
        }
        return null;
    }
}
