package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Makes a copy of a database while others write to it: everything that was committed when it began. The copy
/// gets its name when it is whole, checked and on the disk. The attachments it knows of are copied before that,
/// to the folder `<backup>.attachments`, which is not made where there are none.
final class Backup {
    private final Path database;
    private final InstantSource clock;

    Backup(Path database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// @param version of this dwata
    BackupManifest make(Path target, String version) throws IOException {
        Path manifestFile = manifestOf(target);
        refuseExisting(target);
        refuseExisting(manifestFile);
        AttachmentFiles files = AttachmentFiles.of(target);
        refuseExisting(files.folder());
        BackupManifest manifest;
        try (Draft draft = Draft.of(target)) {
            String instance = copy(draft.path());
            manifest = describe(draft.path(), instance, version);
            manifest = manifest.with(attachments(draft.path(), files));
            draft.publishAsNew();
        }
        try (Draft draft = Draft.of(manifestFile)) {
            Files.writeString(draft.path(), Json.MAPPER.writeValueAsString(manifest) + "\n");
            draft.publishAsNew();
        }
        return manifest;
    }

    static Path manifestOf(Path backup) {
        return backup.resolveSibling(backup.getFileName() + ".json");
    }

    private static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw new UnusableDataException(
                    Reason.CANNOT_CREATE, file + " exists already, and a backup replaces nothing; name another file");
        }
    }

    private @Nullable String copy(Path to) {
        try (Handle handle = new Connections(database).openToLook()) {
            Migrations migrations = new Migrations(handle, database, clock);
            migrations.check();
            handle.execute("VACUUM INTO ?", to.toString());
            return migrations.instance();
        }
    }

    private BackupManifest.Attached attachments(Path copy, AttachmentFiles to) throws IOException {
        try (Handle handle = new Connections(copy).openToLook()) {
            return new AttachmentRows(handle).copy(AttachmentFiles.of(database), to);
        }
    }

    private BackupManifest describe(Path copy, @Nullable String instance, String version) throws IOException {
        Counts counts;
        String heads;
        int schema;
        try (Handle handle = new Connections(copy).openToLook()) {
            String fault = Inspection.fault(handle);
            if (fault != null) {
                throw Inspection.damaged(database, fault, null);
            }
            counts = Counts.of(handle);
            heads = heads(handle, counts);
            schema = handle.createQuery("PRAGMA user_version")
                    .map((row, context) -> row.getInt(1))
                    .one();
        }
        return new BackupManifest(
                instance,
                schema,
                version,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                counts,
                heads,
                Files.size(copy),
                Digests.of(copy),
                null);
    }

    private static String heads(Handle handle, Counts counts) {
        MessageDigest digest = Digests.begin();
        if (counts.sessions() > 0) {
            handle.createQuery("""
                            SELECT public_id, coalesce((SELECT max(seq) FROM session_log WHERE session = s.id), 0)
                            FROM sessions s ORDER BY public_id""")
                    .map((row, context) -> row.getString(1) + " " + row.getLong(2) + "\n")
                    .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        return Digests.end(digest);
    }
}
