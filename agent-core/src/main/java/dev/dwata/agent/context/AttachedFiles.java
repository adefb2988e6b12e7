package dev.dwata.agent.context;

import dev.dwata.agent.model.Ability;
import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what messages refer to into a request: images and PDFs as `data:` URIs, files of text as text. Only
/// here, and only while a model is asked, are their bytes in memory.
///
/// One request takes as many bytes as one attachment may have, the newest attachments first. What is beyond
/// that, what the model is known not to read, and what is gone stays a reference, of which clients tell the
/// model in words.
public final class AttachedFiles implements ModelClient {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedFiles.class);

    private final ModelClient client;
    private final Set<Ability> abilities;
    private final Attachments attachments;
    private final Principal owner;

    private AttachedFiles(ModelClient client, Set<Ability> abilities, Attachments attachments, Principal owner) {
        this.client = client;
        this.abilities = abilities;
        this.attachments = attachments;
        this.owner = owner;
    }

    /// The model, asked with the attachments of an owner. Where none of its abilities is known it is sent
    /// everything.
    public static Model sentTo(Model model, Attachments attachments, Principal owner) {
        return model.through(new AttachedFiles(model.client(), model.facts().abilities(), attachments, owner));
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        boolean attached = request.messages().stream()
                .anyMatch(message -> !Attachment.idsIn(message.parts()).isEmpty());
        return client.stream(attached ? request.withMessages(sent(request.messages())) : request, sink);
    }

    private List<Message> sent(List<Message> messages) {
        List<Message> sent = new ArrayList<>(messages);
        long left = Attachments.MAX_BYTES;
        for (int i = sent.size() - 1; i >= 0; i--) {
            Message message = sent.get(i);
            if (!Attachment.idsIn(message.parts()).isEmpty()) {
                List<Part> parts = new ArrayList<>();
                for (Part part : message.parts()) {
                    Sent one = sent(part, left);
                    parts.add(one.part);
                    left -= one.bytes;
                }
                sent.set(i, new Message(message.role(), parts));
            }
        }
        return sent;
    }

    /// @param bytes of the attachment that are in the part
    private record Sent(Part part, long bytes) {}

    private Sent sent(Part part, long left) {
        Sent unchanged = new Sent(part, 0);
        if (!Attachment.isUri(Attachment.uriOf(part))) {
            return unchanged;
        }
        Optional<Attachment> found = attachments.find(owner, Attachment.idOf(Attachment.uriOf(part)));
        long bytes = found.map(FileContent::bytes).orElse(0L);
        if (found.isEmpty() || bytes > left || !isRead(found.get())) {
            return unchanged;
        }
        try (InputStream in = attachments.open(owner, found.get().id())) {
            return new Sent(FileContent.of(part, found.get(), in), bytes);
        } catch (IOException e) {
            LOG.warn(
                    "attachment {} cannot be read, and the model is not shown it",
                    found.get().id(),
                    e);
            return unchanged;
        } catch (AgentException e) {
            if (e.error() instanceof AgentError.NotFound) {
                LOG.debug("the model is not shown an attachment: {}", e.getMessage());
                return unchanged;
            }
            throw e;
        }
    }

    private boolean isRead(Attachment attachment) {
        if (abilities.isEmpty() || attachment.mediaType().startsWith("text/")) {
            return true;
        }
        return abilities.contains(attachment.mediaType().startsWith("image/") ? Ability.IMAGES : Ability.DOCUMENTS);
    }
}
