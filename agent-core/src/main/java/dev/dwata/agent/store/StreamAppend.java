package dev.dwata.agent.store;

import org.jspecify.annotations.Nullable;

/// What is to be appended.
///
/// @param contentType must be the stream's
/// @param content     messages of JSON with commas between them, or bytes; empty where there is only
///                    something to close
/// @param problem     why the content is refused if nothing else is wrong; absent: it is not
/// @param order       must be greater than that of the append before that had one, byte by byte; absent: it has
///                    none
/// @param producer    absent: a repeat is not recognised
/// @param close       whether nothing is to follow
@SuppressWarnings("ArrayRecordComponent") // none is compared with another
public record StreamAppend(
        String contentType,
        byte[] content,
        @Nullable String problem,
        @Nullable String order,
        @Nullable Producer producer,
        boolean close) {

    public static StreamAppend of(String contentType, byte[] content) {
        return new StreamAppend(contentType, content, null, null, null, false);
    }

    public static StreamAppend nothing() {
        return of("", new byte[0]);
    }

    /// Where a writer that repeats itself is.
    ///
    /// @param id    its own, of the stream
    /// @param epoch grows when the writer begins anew
    /// @param seq   0, 1, 2 … within the epoch
    public record Producer(String id, long epoch, long seq) {}
}
