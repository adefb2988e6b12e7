package dev.dwata.agent.policy;

import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an agreement to a call is bound to, as one SHA-256: the tool with its schema and description, the
/// arguments in canonical form, what the tool has found (real paths, the working folder, the program), and the
/// rules.
public final class CallDigest {
    private CallDigest() {}

    /// @param policy the hash of the rules in force
    /// @return in hexadecimal
    public static String of(ProposedCall call, String policy) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("tool", call.tool().name());
        all.put("description", call.tool().description());
        all.set("schema", call.tool().parameters());
        all.set("arguments", call.arguments());
        all.set("bound", Json.MAPPER.valueToTree(call.review().bound()));
        all.set("argv", Json.MAPPER.valueToTree(call.review().argv()));
        all.put("policy", policy);
        return of(all);
    }

    /// Of any JSON, in canonical form.
    public static String of(JsonNode json) {
        try {
            byte[] bytes = Json.canonical(json).toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
