package dev.dwata.gateway.api;

import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What makes two requests of the same idempotency key the same request: what they ask for, as it was sent. The
/// order of keys does not count, and `null` is the same as absent.
public final class PayloadDigest {
    private static final List<String> FIELDS =
            List.of("message", "attachments", "agentName", "model", "context", "sessionId", "outputSchema");

    private PayloadDigest() {}

    /// @return SHA-256 in hexadecimal
    public static String of(@Nullable JsonNode params) {
        ObjectNode compared = Json.MAPPER.createObjectNode();
        for (String field : FIELDS) {
            JsonNode value = params == null ? null : params.get(field);
            if (value != null && !value.isNull()) {
                compared.set(field, Json.canonical(value));
            }
        }
        return digest(compared);
    }

    /// Of a request in which everything counts.
    ///
    /// @return SHA-256 in hexadecimal
    public static String ofAll(ObjectNode request) {
        return digest(Json.canonical(request));
    }

    private static String digest(JsonNode compared) {
        byte[] bytes = Json.MAPPER.writeValueAsString(compared).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
