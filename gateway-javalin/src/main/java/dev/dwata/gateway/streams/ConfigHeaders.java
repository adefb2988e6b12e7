package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamConfig;
import dev.dwata.gateway.http.Asked;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Reads how a stream is to be made.
final class ConfigHeaders {
    private static final String WHOLE = "0|[1-9][0-9]*";

    /// A hundred years.
    private static final long LONGEST_TTL = 3_155_760_000L;

    private ConfigHeaders() {}

    static StreamConfig read(Context context) {
        String ttl = Asked.header(context, Headers.TTL);
        String expires = Asked.header(context, Headers.EXPIRES_AT);
        if (ttl != null && expires != null) {
            throw Asked.invalid(Headers.TTL + " and " + Headers.EXPIRES_AT + " do not go together");
        }
        return new StreamConfig(
                contentType(context),
                ttl == null ? null : Long.valueOf(ttl(ttl)),
                expires == null ? null : instant(expires),
                isClosed(context),
                fork(context));
    }

    /// What is no media type counts as none.
    private static @Nullable String contentType(Context context) {
        String sent = Asked.header(context, "Content-Type");
        return sent != null && sent.matches("[\\w.+-]+/[\\w.+*-]+.{0,200}") ? sent : null;
    }

    static boolean isClosed(Context context) {
        return "true".equalsIgnoreCase(Asked.header(context, Headers.CLOSED));
    }

    private static long ttl(String sent) {
        if (!sent.matches(WHOLE)) {
            throw Asked.invalid(Headers.TTL + " must be a number of seconds, such as 3600");
        }
        if (sent.length() > 10 || Long.parseLong(sent) > LONGEST_TTL) {
            throw Asked.invalid(Headers.TTL + " must be at most " + LONGEST_TTL);
        }
        return Long.parseLong(sent);
    }

    private static Instant instant(String sent) {
        try {
            return OffsetDateTime.parse(sent).toInstant();
        } catch (DateTimeException e) {
            throw Asked.invalid(Headers.EXPIRES_AT + " must be a time such as 2026-11-21T12:00:00Z");
        }
    }

    private static StreamConfig.@Nullable Fork fork(Context context) {
        String source = Asked.header(context, Headers.FORKED_FROM);
        String offset = Asked.header(context, Headers.FORK_OFFSET);
        String extra = Asked.header(context, Headers.FORK_SUB_OFFSET);
        if (source == null) {
            if (offset != null || extra != null) {
                throw Asked.invalid(Headers.FORK_OFFSET + " needs " + Headers.FORKED_FROM);
            }
            return null;
        }
        Long at = offset == null ? null : Offsets.parse(offset);
        if (offset != null && at == null) {
            throw Asked.invalid(Headers.FORK_OFFSET + " must be an offset of the stream to fork");
        }
        return new StreamConfig.Fork(source(source), at, extra == null ? 0 : extra(extra, offset));
    }

    private static String source(String sent) {
        if (!sent.startsWith(StreamDoor.ROOT)) {
            throw StreamAnswer.notFound(sent);
        }
        return Paths.decoded(sent.substring(StreamDoor.ROOT.length()));
    }

    private static long extra(String sent, @Nullable String offset) {
        if (!sent.matches(WHOLE) || sent.length() > 15) {
            throw Asked.invalid(Headers.FORK_SUB_OFFSET + " must be a whole number");
        }
        long extra = Long.parseLong(sent);
        if (extra > 0 && offset == null) {
            throw Asked.invalid(Headers.FORK_SUB_OFFSET + " needs " + Headers.FORK_OFFSET);
        }
        return extra;
    }
}
