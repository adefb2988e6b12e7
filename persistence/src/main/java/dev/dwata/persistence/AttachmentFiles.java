package dev.dwata.persistence;

import dev.dwata.agent.store.Attachment;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bytes of attachments: files that are named for their SHA-256, in folders named for its first two digits.
/// They appear and go only within a transaction that writes, so that none goes while somebody, in whatever
/// process, comes to own it.
///
/// @param folder made with the first of them
record AttachmentFiles(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(AttachmentFiles.class);

    /// The files of a database, or of a backup of one.
    static AttachmentFiles of(Path database) {
        Path name = database.getFileName();
        return new AttachmentFiles(
                database.resolveSibling(name.toString().equals("db.sqlite3") ? "attachments" : name + ".attachments"));
    }

    Path file(String id) {
        if (!Attachment.isId(id)) {
            throw new IllegalArgumentException("not the id of an attachment: " + id);
        }
        return folder.resolve(id.substring(0, 2)).resolve(id);
    }

    Draft draft() {
        try {
            PrivateFiles.createFolder(folder);
            return Draft.of(folder.resolve("incoming"));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// To be called within a transaction that writes.
    void publish(Draft draft, Attachment attachment) {
        try {
            Path file = file(attachment.id());
            PrivateFiles.createFolder(file.resolveSibling("."));
            if (Files.exists(file) && Files.size(file) != attachment.size()) {
                Files.delete(file); // it was damaged, and here is a better one
            }
            draft.publishUnless(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// @throws IOException if it cannot be read, or is gone
    InputStream open(String id) throws IOException {
        return Files.newInputStream(file(id));
    }

    /// Deletes the files that nobody owns any more.
    void deleteUnowned(Writer writer) {
        writer.call(Safety.COMMITTED, transaction -> {
            Handle handle = transaction.handle;
            List<String> unowned = handle.createQuery("""
                            SELECT u.id, EXISTS (SELECT 1 FROM attachments a WHERE a.id = u.id) FROM attachments_unowned u""")
                    .map((row, context) -> row.getBoolean(2) ? "" : row.getString(1))
                    .list();
            unowned.stream().filter(Attachment::isId).forEach(this::delete);
            return handle.execute("DELETE FROM attachments_unowned");
        });
    }

    /// Deletes what a process that was killed has left of a file it was about to store.
    void deleteDrafts(Instant begunBefore) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, ".*" + Draft.SUFFIX)) {
            for (Path draft : drafts) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(begunBefore)) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (IOException e) {
            LOG.warn("what is left in {} could not be deleted: {}", folder, e.toString());
        }
    }

    /// A file that stays takes room, and does no harm.
    private void delete(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.warn("the attachment {} could not be deleted: {}", file(id), e.toString());
        }
    }

    /// What to say when a file cannot be written.
    static AgentException failed(IOException e) {
        String message = String.valueOf(e.getMessage());
        String reason = e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : message;
        if (reason.toLowerCase(Locale.ROOT).contains("no space left")
                || reason.toLowerCase(Locale.ROOT).contains("quota")) {
            return new AgentException(new AgentError.StorageFull("there is no space left for the attachment"), e);
        }
        LOG.error("an attachment could not be stored", e);
        return new AgentException(new AgentError.Internal("the attachment could not be stored: " + reason), e);
    }
}
