package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Looks at what is there before a store uses it, and changes nothing: a database that has vanished, was
/// exchanged or is damaged stays as it is for somebody to look at.
final class Inspection {
    private final Path file;
    private final Connections connections;
    private final @Nullable String known;

    /// @param known the instance id of the database that must be there; blank: any; absent: perhaps there is
    ///              none yet
    Inspection(Path file, Connections connections, @Nullable String known) {
        this.file = file;
        this.connections = connections;
        this.known = known;
    }

    /// Looks at the files only.
    ///
    /// @throws UnusableDataException if there must be a database and is none
    void checkPresence() throws IOException {
        boolean missing = !Files.exists(file);
        boolean empty = missing || Files.size(file) == 0;
        if (known != null && empty) {
            throw missing("is " + (missing ? "gone" : "empty"));
        }
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (empty && Files.exists(log) && Files.size(log) > 0) {
            throw missing("is " + (missing ? "gone" : "empty") + ", and its write-ahead log is not");
        }
    }

    /// @param closely whether to look at every page
    /// @throws UnusableDataException if it cannot be used
    void check(boolean closely) throws IOException {
        if (Files.size(file) == 0) {
            return;
        }
        try (Handle handle = open()) {
            if (known != null && !has(handle, "meta")) {
                throw missing("has lost what was in it");
            }
            Migrations migrations = new Migrations(handle, file, InstantSource.system());
            migrations.check();
            if (known != null && !known.isEmpty() && !known.equals(migrations.instance())) {
                throw missing("is another one");
            }
            String fault = closely ? fault(handle) : null;
            if (fault != null) {
                throw damaged(file, fault, null);
            }
        }
    }

    /// What a rollback journal left behind tells has to be undone before anything can be read.
    private Handle open() {
        return Files.exists(file.resolveSibling(file.getFileName() + "-journal"))
                ? connections.openWriter()
                : connections.openToLook();
    }

    /// @return the first fault that SQLite finds in the pages of the database; absent if it finds none
    static @Nullable String fault(Handle handle) {
        String found = handle.createQuery("PRAGMA quick_check(1)")
                .map((row, context) -> row.getString(1))
                .one();
        return found.equals("ok") ? null : found.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    static UnusableDataException damaged(Path file, String fault, @Nullable Throwable cause) {
        return new UnusableDataException(
                Reason.DAMAGED,
                "the database " + file + " is damaged (" + fault + "); nothing was changed: 'dwata doctor --recover'"
                        + " saves what can be read, 'dwata restore FILE' brings back a backup",
                cause);
    }

    private UnusableDataException missing(String what) {
        return new UnusableDataException(
                Reason.MISSING,
                "the database " + file + " " + what + "; nothing was changed: bring the file back, or a backup with"
                        + " 'dwata restore FILE', or try 'dwata doctor --recover'; to begin anew, delete "
                        + Marker.beside(file).file());
    }

    private static boolean has(Handle handle, String table) {
        return handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?")
                        .bind(0, table)
                        .map((row, context) -> row.getInt(1))
                        .one()
                > 0;
    }
}
