package dev.dwata.agent.provider.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/// Ids of tool calls: providers leave them out, use them twice, and refuse each other's.
public final class CallIds {
    private static final int LONGEST = 64;

    private CallIds() {}

    /// `id` itself where it matches `allowed`, else an id that is always the same for the same `id`: a long
    /// one, or 9 hex digits where that does not match either, as with Mistral.
    public static String fit(String id, String allowed) {
        if (id.matches(allowed)) {
            return id;
        }
        String hash = hash(id.getBytes(StandardCharsets.UTF_8));
        String made = "call_" + hash;
        return made.matches(allowed) ? made : hash.substring(0, 9);
    }

    /// Whether an id of a reply was made here, because its provider gave none.
    public static boolean isMade(String id) {
        return id.matches("call_[0-9a-f]{24}\\d+");
    }

    /// An id that is not in `taken`, and is then: `id` itself where that is possible, else one made of `seed`.
    static String unique(String id, Set<String> taken, String seed) {
        if (id.matches("[\\x21-\\x7e]{1," + LONGEST + "}") && taken.add(id)) {
            return id;
        }
        int n = taken.size();
        while (!taken.add("call_" + seed + n)) {
            n++;
        }
        return "call_" + seed + n;
    }

    /// 24 characters that tell `bytes` from others.
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
