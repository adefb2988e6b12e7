package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamConfig;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What was read of a stream.
///
/// @param chunks oldest first; of JSON, messages with commas between them
/// @param next   where to read on
/// @param tail   the end of the stream at that time
/// @param closed whether nothing will follow the tail
record Slice(String contentType, List<byte[]> chunks, long next, long tail, boolean closed) {
    Slice {
        chunks = List.copyOf(chunks);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean upToDate() {
        return next >= tail;
    }

    /// Whether its reader has all that there will ever be.
    boolean isLast() {
        return closed && upToDate();
    }

    boolean isJson() {
        return StreamConfig.isJson(contentType);
    }

    /// Whether events can carry it as it is.
    boolean isText() {
        return isJson() || StreamConfig.mediaType(contentType).startsWith("text/");
    }

    /// As one body; of JSON an array.
    byte[] body() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (isJson()) {
            out.write('[');
        }
        for (int i = 0; i < chunks.size(); i++) {
            if (isJson() && i > 0) {
                out.write(',');
            }
            out.writeBytes(chunks.get(i));
        }
        if (isJson()) {
            out.write(']');
        }
        return out.toByteArray();
    }

    String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }
}
