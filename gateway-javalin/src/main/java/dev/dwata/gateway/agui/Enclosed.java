package dev.dwata.gateway.agui;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.SentAttachments;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.StoredMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What goes with a message: its images and files, and the client's context as a file of text, where it is not
/// what the model was told last.
record Enclosed(Store store) {
    /// What the file is called.
    static final String CONTEXT = "context.txt";

    private static final int LOOKED_AT = 50;

    /// @param session absent where the message begins one
    List<String> uris(Principal owner, @Nullable SessionId session, ChatRequest request) {
        MessageContent asked = Objects.requireNonNull(request.asked(), "a message was asked");
        List<String> uris = new ArrayList<>(SentAttachments.uris(asked.attached(), owner, store.attachments()));
        if (request.context() != null) {
            String context = put(owner, request.context());
            if (session == null || !context.equals(told(session))) {
                uris.add(context);
            }
        }
        return uris;
    }

    private String put(Principal owner, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return store.attachments()
                    .put(owner, new ByteArrayInputStream(bytes), "text/plain", CONTEXT)
                    .uri();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    /// The context that the latest messages came with.
    private @Nullable String told(SessionId session) {
        List<StoredMessage> latest =
                store.sessions().messages(session, LOOKED_AT, null).messages();
        for (StoredMessage message : latest.reversed()) {
            for (Part part : message.parts()) {
                if (part instanceof Part.File file && file.name().equals(CONTEXT)) {
                    return Attachment.uriOf(part);
                }
            }
        }
        return null;
    }
}
