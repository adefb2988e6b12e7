package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;

/// Puts a backup where there is no database. The backup is only read; its copy becomes a database of its own,
/// with a new instance id.
final class Restore {
    private static final String WHY = "this database was restored from a backup; the run may have gone on elsewhere";

    private final Path database;
    private final InstantSource clock;

    Restore(Path database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    Restored from(Path backup) throws IOException {
        if (!Files.isRegularFile(backup)) {
            throw new UnusableDataException(Reason.MISSING, "there is no file " + backup);
        }
        Aside.refuseInUse(database);
        refuseDatabase();
        checkManifest(backup);
        try (Draft draft = Draft.of(database)) {
            Files.copy(backup, draft.path(), StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.createFile(draft.path());
            return adopt(draft, backup);
        }
    }

    private void refuseDatabase() throws IOException {
        if (Files.exists(database) && Files.size(database) > 0) {
            throw new UnusableDataException(
                    Reason.CANNOT_CREATE,
                    "the database " + database
                            + " exists, and a restore replaces none; move it away first, with what is called "
                            + database.getFileName() + "-wal beside it");
        }
    }

    private static void checkManifest(Path backup) throws IOException {
        Path file = Backup.manifestOf(backup);
        BackupManifest manifest;
        try {
            manifest = Json.MAPPER.readValue(Files.readString(file), BackupManifest.class);
        } catch (NoSuchFileException e) {
            return;
        } catch (JacksonException e) {
            throw new UnusableDataException(
                    Reason.DAMAGED,
                    "the manifest " + file + " cannot be read; without it the backup is taken as it is",
                    e);
        }
        if (!Digests.of(backup).equals(manifest.sha256())) {
            throw new UnusableDataException(
                    Reason.DAMAGED,
                    "the backup " + backup + " is not the file that its manifest " + file + " describes");
        }
    }

    /// Makes a database for use of the copy, and gives it its name.
    private Restored adopt(Draft draft, Path backup) throws IOException {
        Counts counts;
        int parked;
        int missing;
        String instance = UUID.randomUUID().toString();
        try (Handle handle = new Connections(draft.path()).openWriter()) {
            Migrations migrations = new Migrations(handle, backup, clock);
            migrations.check();
            String fault = Inspection.fault(handle);
            if (fault != null) {
                throw new UnusableDataException(
                        Reason.DAMAGED, "the backup " + backup + " is damaged (" + fault + "); nothing was changed");
            }
            migrations.runWithoutCopy();
            counts = Counts.of(handle);
            missing = new AttachmentRows(handle)
                    .copy(AttachmentFiles.of(backup), AttachmentFiles.of(database))
                    .missing();
            parked = new Parking(handle, clock).park(WHY);
            handle.execute("UPDATE meta SET instance_id = ?", instance);
        } catch (RuntimeException e) {
            throw StorageErrors.isDamage(e)
                    ? new UnusableDataException(
                            Reason.DAMAGED,
                            "the backup " + backup + " is damaged (" + StorageErrors.name(e) + "); nothing was changed",
                            e)
                    : e;
        }
        publish(draft, database, instance);
        return new Restored(backup, counts, parked, missing);
    }

    /// The marker comes first: until the database has its name, nobody may begin anew in its place.
    static void publish(Draft draft, Path database, String instance) throws IOException {
        Aside.moveLogAside(database);
        Marker.beside(database).write(Objects.requireNonNull(instance));
        if (Files.exists(database) && Files.size(database) == 0) {
            Files.delete(database);
        }
        try {
            draft.publishAsNew();
        } catch (FileAlreadyExistsException e) {
            throw new UnusableDataException(
                    Reason.IN_USE,
                    "somebody has made a database " + database + " in the meantime; it was left alone",
                    e);
        }
        Seal.on(database).set();
    }
}
