package dev.dwata.gateway.streams;

import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/// What notices are signed with, so that who gets one can tell that it came from here (Ed25519).
///
/// @param x      the public key
/// @param secret what tokens of wakes are made with
@SuppressWarnings("ArrayRecordComponent") // none is compared with another
record SigningKey(PrivateKey key, String x, byte[] secret) {
    private static final int RAW = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /// A new one, as a text to keep.
    static String make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] open = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(open, open.length - RAW, open.length);
            return BASE64.encodeToString(pair.getPrivate().getEncoded()) + "." + BASE64.encodeToString(raw);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param kept what [#make] gave
    static SigningKey of(String kept) {
        String[] parts = kept.split("\\.", 2);
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getUrlDecoder().decode(parts[0])));
            return new SigningKey(key, parts[1], digest("tokens of wakes " + parts[0]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Made of the key, as RFC 7638 has it.
    String id() {
        try {
            return "ds_" + BASE64.encodeToString(digest("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What receivers check signatures with.
    ObjectNode published() {
        ObjectNode keys = Json.MAPPER.createObjectNode();
        keys.putArray("keys")
                .addObject()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", x)
                .put("kid", id())
                .put("use", "sig")
                .put("alg", "EdDSA");
        return keys;
    }

    /// @param second when it is signed, since 1970
    String sign(long second, String body) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update((second + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + second + ",kid=" + id() + ",ed25519=" + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
