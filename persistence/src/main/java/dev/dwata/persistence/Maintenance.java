package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Looks after a database file, without a store on it. All methods throw [UnusableDataException] where the data
/// is not fit for what is wanted, and [dev.dwata.types.AgentException] where the disk is full or another
/// program keeps the database locked.
public final class Maintenance {
    private final Path database;
    private final InstantSource clock;

    public Maintenance(Path database) {
        this(database, InstantSource.system());
    }

    Maintenance(Path database, InstantSource clock) {
        this.database = database.toAbsolutePath();
        this.clock = clock;
    }

    /// Copies the database, also while it is written to, with everything that was committed before.
    ///
    /// @param target  must not exist; `<target>.json` describes it
    /// @param version of this dwata
    public BackupManifest backup(Path target, String version) {
        requireDatabase(database);
        return guarded(database, file -> new Backup(file, clock).make(target.toAbsolutePath(), version), target);
    }

    /// Puts a backup where there is no database. Its runs that are not over wait for somebody to have them
    /// resumed.
    public Restored restore(Path backup) {
        return guarded(database, file -> new Restore(file, clock).from(backup.toAbsolutePath()), database);
    }

    /// Looks for faults; reads only, also while it is written to.
    public Verification verify() {
        return verify(database);
    }

    /// Looks for faults in a copy.
    public Verification verify(Path file) {
        requireDatabase(file);
        return guarded(
                file,
                from -> {
                    try (Handle handle = new Connections(from).openToLook()) {
                        new Migrations(handle, from, clock).check();
                        return new Verifier(handle, AttachmentFiles.of(from)).verify();
                    }
                },
                file);
    }

    /// Follows the audit from its first entry to its last; reads only, also while it is written to.
    ///
    /// @return what is wrong with it, in words; absent: nothing
    public Optional<String> auditProblem() {
        requireDatabase(database);
        return guarded(
                database,
                from -> {
                    try (Handle handle = new Connections(from).openToLook()) {
                        new Migrations(handle, from, clock).check();
                        return Optional.ofNullable(new AuditLook(handle).problem());
                    }
                },
                database);
    }

    /// Looks at the database without judging what is in it.
    ///
    /// @return absent: there is none, and there never was
    public Optional<DatabaseLook> look() {
        try {
            Optional<String> known = Optional.ofNullable(Marker.beside(database).instance());
            if (known.isEmpty() && !Files.exists(database)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            throw unreadable(database, e);
        }
        requireDatabase(database);
        return Optional.of(guarded(database, this::look, database));
    }

    private DatabaseLook look(Path file) throws IOException {
        new Inspection(file, new Connections(file), Marker.beside(file).instance()).check(false);
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        long logBytes = Files.exists(log) ? Files.size(log) : 0;
        Instances.Others others = Instances.others(file.resolveSibling("instances"), "");
        try (Handle handle = new Connections(file).openToLook()) {
            int schema = number(handle, "PRAGMA user_version");
            return new DatabaseLook(
                    Files.size(file),
                    logBytes,
                    schema,
                    Counts.of(handle),
                    schema == 0 ? 0 : number(handle, "SELECT count(*) FROM agent_runs WHERE ended_at IS NULL"),
                    Inspection.fault(handle),
                    others.areAlive(),
                    others.areGone(),
                    leftovers(file));
        }
    }

    private static int number(Handle handle, String query) {
        return handle.createQuery(query).map((row, context) -> row.getInt(1)).one();
    }

    private static List<Path> leftovers(Path file) throws IOException {
        List<Path> leftovers = new ArrayList<>();
        try (var files = Files.newDirectoryStream(file.resolveSibling(".").normalize(), ".*" + Draft.SUFFIX + "*")) {
            files.forEach(leftovers::add);
        }
        return leftovers;
    }

    /// Makes a sound database of a damaged or vanished one, from what can be read.
    ///
    /// @return absent: it is whole, and nothing was done
    public Optional<Recovered> recover() {
        return guarded(database, file -> new Salvage(file, clock).recover(), database);
    }

    private interface Work<T> {
        T on(Path file) throws IOException;
    }

    /// @param written what cannot be made if something cannot
    private static <T> T guarded(Path file, Work<T> work, Path written) {
        try {
            return work.on(file);
        } catch (UnusableDataException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new UnusableDataException(
                    Reason.CANNOT_CREATE, written + " cannot be made: there is no folder or file " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableDataException(Reason.CANNOT_CREATE, written + " cannot be made: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            if (StorageErrors.isDamage(e)) {
                throw Inspection.damaged(file, StorageErrors.name(e), e);
            }
            AgentException told = StorageErrors.of(e);
            if (told.error() instanceof AgentError.StorageFull) {
                throw new UnusableDataException(
                        Reason.CANNOT_CREATE, written + " cannot be made: there is no space left for it", e);
            }
            throw told;
        }
    }

    private void requireDatabase(Path file) {
        try {
            if (file.equals(database)) {
                new Inspection(file, new Connections(file), Marker.beside(file).instance()).checkPresence();
            }
            if (!Files.exists(file) || Files.size(file) == 0) {
                throw new UnusableDataException(Reason.MISSING, "there is no database " + file);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static UnusableDataException unreadable(Path file, IOException e) {
        return new UnusableDataException(Reason.CANNOT_CREATE, file + " cannot be read: " + e.getMessage(), e);
    }
}
