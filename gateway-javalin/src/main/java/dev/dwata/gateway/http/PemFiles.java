package dev.dwata.gateway.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Reads the certificate and the key of a server.
public final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final long MOST_BYTES = 1 << 20;

    private PemFiles() {}

    /// @param certificates PEM, the server's own first, then those that vouch for it
    /// @param key          PEM, PKCS#8, without a password
    /// @throws IllegalArgumentException if one cannot be used; the message says which, and why
    public static SSLContext read(Path certificates, Path key) {
        try {
            PrivateKey secret = key(key);
            Certificate[] chain = chain(certificates);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("gateway", secret, new char[0], chain);
            if (!chain[0].getPublicKey().getAlgorithm().equals(secret.getAlgorithm())) {
                throw unusable(key, "it is not the key of " + certificates, null);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(key, "it is not the key of " + certificates + ": " + e.getMessage(), e);
        }
    }

    private static Certificate[] chain(Path file) {
        try (var in = Files.newInputStream(file)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, "it is not a certificate in PEM: " + e.getMessage(), e);
        }
        throw unusable(file, "it holds no certificate in PEM", null);
    }

    private static PrivateKey key(Path file) {
        Matcher found = KEY.matcher(text(file));
        if (!found.find()) {
            throw unusable(
                    file,
                    "it holds no private key in PKCS#8 without a password; 'openssl pkcs8 -topk8 -nodes -in KEY'"
                            + " makes one",
                    null);
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // another kind of key: the next one is tried
            } catch (GeneralSecurityException e) {
                throw unusable(file, String.valueOf(e.getMessage()), e);
            }
        }
        throw unusable(file, "its private key is neither of EC nor RSA nor EdDSA", null);
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "it is larger than a key is", null);
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException unusable(Path file, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(file + " cannot be used for TLS: " + why, cause);
    }
}
