package dev.dwata.persistence;

import org.jspecify.annotations.Nullable;

/// The data cannot be used as it is; a program that starts says why and exits. What was there is untouched.
public final class UnusableDataException extends RuntimeException {
    private final Reason reason;

    public UnusableDataException(Reason reason, String message) {
        this(reason, message, null);
    }

    public UnusableDataException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Why; each with the exit status that sysexits(3) has for it.
    public enum Reason {
        /// Written by a later version: 65, `EX_DATAERR`.
        NEWER_SCHEMA,
        /// Not a database, not one of dwata, or one that SQLite finds faults in: 65, `EX_DATAERR`.
        DAMAGED,
        /// There was a database, and it is gone or another: 66, `EX_NOINPUT`.
        MISSING,
        /// Somebody uses it now: 75, `EX_TEMPFAIL`.
        IN_USE,
        /// The folder or the file cannot be made: 73, `EX_CANTCREAT`.
        CANNOT_CREATE,
        /// It is not known where data belongs on this system, or SQLite is not fit for it: 78, `EX_CONFIG`.
        UNSUPPORTED_SYSTEM
    }
}
