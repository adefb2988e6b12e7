package dev.dwata.agent.store;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a stream is to be made.
///
/// @param contentType absent: that of what it is a fork of, else bytes
/// @param ttlSeconds  how long it lives after it was last read or written; absent: it does not expire so
/// @param expiresAt   when it ends, whoever uses it; absent: it does not expire so
/// @param closed      whether nothing is to follow its first content
/// @param fork        absent: it begins empty
public record StreamConfig(
        @Nullable String contentType,
        @Nullable Long ttlSeconds,
        @Nullable Instant expiresAt,
        boolean closed,
        @Nullable Fork fork) {
    public static final String BYTES = "application/octet-stream";

    /// What a fork begins with.
    ///
    /// @param source path of the same owner's stream
    /// @param at     up to which position it is part of the fork; absent: all of it
    /// @param extra  how much of the append after `at` is part of it, too: messages of JSON, else bytes
    public record Fork(String source, @Nullable Long at, long extra) {}

    /// `type/subtype` in small letters, without parameters.
    public static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    public static boolean isJson(String contentType) {
        return mediaType(contentType).equals("application/json");
    }
}
