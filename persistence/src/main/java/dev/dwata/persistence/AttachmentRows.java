package dev.dwata.persistence;

import dev.dwata.agent.store.Attachment;
import dev.dwata.persistence.BackupManifest.Attached;
import dev.dwata.types.Part;
import dev.dwata.types.SessionId;
import dev.dwata.types.StoredMessage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// What a database says of attachments, beside the files.
final class AttachmentRows {
    private final Handle handle;

    AttachmentRows(Handle handle) {
        this.handle = handle;
    }

    private record Known(String id, long size) {}

    /// Each once, whoever owns it; none where the database is of before there were any.
    private List<Known> known() {
        boolean has = handle.createQuery("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'attachments'")
                .map((row, context) -> true)
                .findOne()
                .isPresent();
        return !has
                ? List.of()
                : handle.createQuery("SELECT id, max(size) FROM attachments GROUP BY id ORDER BY id")
                        .map((row, context) -> new Known(row.getString(1), row.getLong(2)))
                        .list();
    }

    /// Copies the files that the database knows of, each checked against its name, as far as they are not
    /// there.
    Attached copy(AttachmentFiles from, AttachmentFiles to) throws IOException {
        int files = 0;
        long bytes = 0;
        int missing = 0;
        for (Known known : known()) {
            if (copy(known, from, to)) {
                files++;
                bytes += known.size;
            } else {
                missing++;
            }
        }
        return new Attached(files, bytes, missing);
    }

    private static boolean copy(Known known, AttachmentFiles from, AttachmentFiles to) throws IOException {
        Path target = to.file(known.id);
        if (isWhole(target, known)) {
            return true;
        }
        Path source = from.file(known.id);
        if (!isWhole(source, known)) {
            return false;
        }
        PrivateFiles.createFolder(to.folder());
        PrivateFiles.createFolder(target.resolveSibling(".").normalize());
        try (Draft draft = Draft.of(target);
                var out = Files.newOutputStream(draft.path())) {
            Files.copy(source, out);
            out.flush();
            draft.publish();
            return true;
        } catch (NoSuchFileException | FileAlreadyExistsException e) { // purged, or stored, in this moment
            return Files.exists(target);
        }
    }

    private static boolean isWhole(Path file, Known known) throws IOException {
        try {
            return Files.size(file) == known.size && Digests.of(file).equals(known.id);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// Looks at each file.
    ///
    /// @param problem is told of each that is missing or not what its name says
    void verify(AttachmentFiles files, Consumer<String> problem) {
        for (Known known : known()) {
            String name = "attachment " + known.id;
            try {
                Path file = files.file(known.id);
                if (!Files.exists(file)) {
                    problem.accept(name + " has no file " + file);
                } else if (!isWhole(file, known)) {
                    problem.accept(name + " is damaged: the file " + file + " is not what it was");
                }
            } catch (IOException e) {
                problem.accept(name + " cannot be read: " + e.getMessage());
            } catch (IllegalArgumentException e) {
                problem.accept(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Makes up what is lost of the rows from the messages that refer to attachments, and the files that are
    /// there.
    void rebuild(AttachmentFiles files) {
        handle.createQuery("SELECT " + Rows.MESSAGE + """
                        , m.session_id AS session_key, s.owner AS session_owner
                        FROM agent_messages m LEFT JOIN agent_runs r ON r.id = m.run_id JOIN sessions s ON s.id = m.session_id
                        WHERE m.role = 'user' AND m.parts LIKE '%attachment:%'""")
                .map((row, context) -> new Referring(
                        row.getLong("session_key"),
                        row.getString("session_owner"),
                        Rows.message(row, SessionId.create())))
                .list()
                .forEach(message -> rebuild(message, files));
    }

    private record Referring(long session, String owner, StoredMessage message) {}

    private void rebuild(Referring referring, AttachmentFiles files) {
        for (Part part : referring.message.parts()) {
            if (!Attachment.isUri(Attachment.uriOf(part))) {
                continue;
            }
            String id = Attachment.idOf(Attachment.uriOf(part));
            handle.execute(
                    "INSERT OR IGNORE INTO attachment_uses (session_id, owner, attachment) VALUES (?, ?, ?)",
                    referring.session,
                    referring.owner,
                    id);
            handle.execute(
                    """
                    INSERT OR IGNORE INTO attachments (owner, id, size, media_type, name, created_at)
                    VALUES (?, ?, ?, ?, ?, ?)""",
                    referring.owner,
                    id,
                    size(files.file(id)),
                    part instanceof Part.Image image ? image.mediaType() : ((Part.File) part).mediaType(),
                    part instanceof Part.File file ? file.name() : "image",
                    referring.message.createdAt().toEpochMilli());
        }
    }

    /// 1 where the file is gone: that it is, is found later.
    private static long size(Path file) {
        try {
            return Math.max(1, Files.size(file));
        } catch (IOException e) {
            return 1;
        }
    }
}
