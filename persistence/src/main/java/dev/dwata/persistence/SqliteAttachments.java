package dev.dwata.persistence;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.ReceivedFile;
import dev.dwata.agent.store.Refusal;
import dev.dwata.persistence.Job.Safety;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;

/// What is known of attachments is in the database, their bytes in [AttachmentFiles].
final class SqliteAttachments implements Attachments {
    private final Writer writer;
    private final Readers readers;
    private final AttachmentFiles files;

    SqliteAttachments(Writer writer, Readers readers, AttachmentFiles files) {
        this.writer = writer;
        this.readers = readers;
        this.files = files;
    }

    @Override
    public Attachment put(Principal owner, InputStream bytes, String mediaType, String name) throws IOException {
        try (Draft draft = files.draft()) {
            Attachment received = receive(draft, bytes, mediaType, name);
            return writer.call(Safety.SYNCED, transaction -> {
                files.publish(draft, received);
                keep(transaction, owner, received);
                return received;
            });
        }
    }

    private static Attachment receive(Draft draft, InputStream bytes, String mediaType, String name)
            throws IOException {
        try (OutputStream out = open(draft)) {
            Attachment received =
                    ReceivedFile.read(bytes, mediaType, name, (buffer, length) -> write(out, buffer, length));
            force(draft);
            return received;
        }
    }

    private static OutputStream open(Draft draft) {
        try {
            return Files.newOutputStream(draft.path());
        } catch (IOException e) {
            throw AttachmentFiles.failed(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw AttachmentFiles.failed(e);
        }
    }

    private static void force(Draft draft) {
        try {
            draft.force();
        } catch (IOException e) {
            throw AttachmentFiles.failed(e);
        }
    }

    private static void keep(Transaction transaction, Principal owner, Attachment attachment) {
        transaction
                .handle
                .createUpdate("""
                        INSERT INTO attachments (owner, id, size, media_type, name, created_at)
                        VALUES (:owner, :id, :size, :type, :name, :now)
                        ON CONFLICT (owner, id) DO UPDATE
                        SET media_type = excluded.media_type, name = excluded.name, created_at = excluded.created_at""")
                .bind("owner", owner.id())
                .bind("id", attachment.id())
                .bind("size", attachment.size())
                .bind("type", attachment.mediaType())
                .bind("name", attachment.name())
                .bind("now", transaction.now().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Attachment> find(Principal owner, String id) {
        return readers.read(handle -> handle.createQuery(
                        "SELECT size, media_type, name FROM attachments WHERE owner = ? AND id = ?")
                .bind(0, owner.id())
                .bind(1, id)
                .map((row, context) ->
                        new Attachment(id, row.getLong("size"), row.getString("media_type"), row.getString("name")))
                .findOne());
    }

    @Override
    public InputStream open(Principal owner, String id) {
        if (find(owner, id).isEmpty()) {
            throw Refusal.noAttachment(id);
        }
        try {
            return files.open(id);
        } catch (IOException e) {
            throw new AgentException(
                    new AgentError.NotFound("the bytes of attachment " + id + " are gone; 'dwata verify' says more"),
                    e);
        }
    }

    @Override
    public int sweep(Instant storedBefore) {
        int swept = writer.call(
                Safety.COMMITTED, transaction -> transaction.handle.execute("""
                DELETE FROM attachments WHERE created_at < ? AND NOT EXISTS
                  (SELECT 1 FROM attachment_uses u WHERE u.owner = attachments.owner AND u.attachment = attachments.id)""", storedBefore.toEpochMilli()));
        files.deleteUnowned(writer);
        files.deleteDrafts(storedBefore);
        return swept;
    }
}
