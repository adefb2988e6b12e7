package dev.dwata.types;

import java.security.SecureRandom;
import java.util.UUID;

/// Makes version 7 UUIDs (RFC 9562): 48 bits of Unix milliseconds, then random bits, so ids sort by the time
/// they were made. Two ids of the same millisecond sort at random.
public final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();

    private UuidV7() {}

    public static UUID create() {
        return create(System.currentTimeMillis());
    }

    static UUID create(long unixMillis) {
        long high = (unixMillis << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /// Returns `value` as a canonical lower-case UUID.
    ///
    /// @throws IllegalArgumentException naming `what` if it is not a UUID in its 36-character form
    static String canonical(String what, String value) {
        if (value.length() == 36) {
            try {
                return UUID.fromString(value).toString();
            } catch (IllegalArgumentException ignored) {
                // said below, with the name of what was wrong
            }
        }
        throw new IllegalArgumentException(what + " must be a UUID, not '" + abbreviate(value) + "'");
    }

    static String prefixed(String what, String prefix, String value) {
        if (!value.startsWith(prefix)) {
            throw new IllegalArgumentException(
                    what + " must look like " + prefix + "<uuid>, not '" + abbreviate(value) + "'");
        }
        return prefix + canonical(what, value.substring(prefix.length()));
    }

    private static String abbreviate(String value) {
        return value.length() <= 60 ? value : value.substring(0, value.offsetByCodePoints(0, 40)) + "…";
    }
}
