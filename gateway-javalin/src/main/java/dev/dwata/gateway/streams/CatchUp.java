package dev.dwata.gateway.streams;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What there is, at once.
final class CatchUp {
    private static final String CACHED = "private, max-age=60, stale-while-revalidate=300";

    private CatchUp() {}

    static void answer(Context context, String path, Offsets.Wanted wanted, StreamSource stream) {
        if (wanted.now()) {
            Slice end = stream.end();
            begin(context, end);
            context.header("Cache-Control", "no-store").status(200).result(end.body());
        } else {
            full(context, path, wanted, stream.read(wanted.after(0)), null);
        }
    }

    /// A page, or that the client has it already.
    ///
    /// @param cursor absent: it is no live read
    static void full(Context context, String path, Offsets.Wanted wanted, Slice slice, @Nullable String cursor) {
        String tag = "\"%s:%s:%s%s\""
                .formatted(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.UTF_8)),
                        wanted.text(),
                        Offsets.of(slice.next()),
                        slice.isLast() ? ":c" : "");
        if (!wanted.now()) {
            context.header("ETag", tag);
        }
        context.header("Cache-Control", wanted.now() ? "no-store" : CACHED);
        if (cursor != null) {
            context.header(Headers.CURSOR, cursor);
        }
        if (!wanted.now() && isKnown(context.header("If-None-Match"), tag)) {
            context.status(304);
            return;
        }
        begin(context, slice);
        context.status(200).result(slice.body());
    }

    private static boolean isKnown(@Nullable String sent, String tag) {
        if (sent == null) {
            return false;
        }
        for (String known : sent.split(",", -1)) {
            String bare = known.strip();
            if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static void begin(Context context, Slice slice) {
        context.contentType(slice.contentType());
        position(context, slice);
    }

    /// Where the client is after this.
    static void position(Context context, Slice slice) {
        context.header(Headers.NEXT_OFFSET, Offsets.of(slice.next()));
        if (slice.upToDate()) {
            context.header(Headers.UP_TO_DATE, "true");
        }
        if (slice.isLast()) {
            context.header(Headers.CLOSED, "true");
        }
    }
}
