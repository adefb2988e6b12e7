package dev.dwata.gateway.auth;

import dev.dwata.agent.store.Tokens.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// What a client shows to be let in: 32 random bytes as 43 characters. Is never printed by itself.
public final class BearerToken {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 6;
    private static final String SHAPE = "[A-Za-z0-9_-]{43}";

    private final String text;
    private final Secret secret;

    private BearerToken(String text) {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        this.text = text;
        this.secret = new Secret("tok_" + HexFormat.of().formatHex(id), hash(text));
    }

    /// One that nobody has had before.
    public static BearerToken create() {
        return new BearerToken(random());
    }

    /// 256 bits that nobody can guess, fit for a URL.
    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Whether a text could be a token.
    public static boolean isOne(String text) {
        return text.matches(SHAPE);
    }

    /// What is stored of a token: SHA-256, in hexadecimal.
    public static String hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /// What is stored of it.
    public Secret secret() {
        return secret;
    }

    /// The token itself, to be shown once.
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return secret.id();
    }
}
