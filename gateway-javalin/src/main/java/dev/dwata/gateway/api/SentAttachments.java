package dev.dwata.gateway.api;

import dev.dwata.agent.Prompt;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.wire.AttachmentParams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stores what came with a message, as far as it is not stored yet.
public final class SentAttachments {
    private SentAttachments() {}

    /// @return the URIs, in their order
    /// @throws AgentException naming the one that is wrong
    public static List<String> uris(@Nullable List<AttachmentParams> sent, Principal owner, Attachments attachments) {
        if (sent == null) {
            return List.of();
        }
        if (sent.size() > Prompt.MOST_ATTACHMENTS) {
            throw new AgentException(new AgentError.TooLarge(
                    "a message has at most " + Prompt.MOST_ATTACHMENTS + " attachments, not " + sent.size()));
        }
        List<byte[]> decoded = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            decoded.add(bytes(sent.get(i), "attachments[" + i + "]"));
        }
        List<String> uris = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            AttachmentParams one = sent.get(i);
            uris.add(one.uri() == null ? put(one, decoded.get(i), owner, attachments) : one.uri());
        }
        return uris;
    }

    /// Empty for one that is stored.
    private static byte[] bytes(AttachmentParams sent, String where) {
        if ((sent.uri() == null) == (sent.data() == null)) {
            throw invalid(where + " must have either uri or data");
        }
        if (sent.uri() != null) {
            if (!Attachment.isUri(sent.uri())) {
                throw invalid(where + ".uri must be attachment:<sha256>");
            }
            return new byte[0];
        }
        if (sent.mediaType() == null) {
            throw invalid(where + ".mediaType is required with data");
        }
        try {
            return Base64.getDecoder().decode(sent.data());
        } catch (IllegalArgumentException e) {
            throw invalid(where + ".data is not base64");
        }
    }

    private static String put(AttachmentParams sent, byte[] bytes, Principal owner, Attachments attachments) {
        String type = sent.mediaType() == null ? "" : sent.mediaType();
        String name = sent.name() == null ? "file" : sent.name();
        try {
            return attachments
                    .put(owner, new ByteArrayInputStream(bytes), type, name)
                    .uri();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    private static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }
}
