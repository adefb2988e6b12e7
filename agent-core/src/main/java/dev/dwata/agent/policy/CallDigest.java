package dev.dwata.agent.policy;

import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an agreement to a call is bound to, as one SHA-256: the tool with its schema and description, the
/// arguments in canonical form, what the tool has found (real paths, the working folder, the program), and the
/// rules. What is always the same of a tool is taken once for as long as the tool is described by the same
/// object.
public final class CallDigest {
    private static final int MOST_TOOLS = 2_000;

    private final ConcurrentMap<String, Known> tools = new ConcurrentHashMap<>();

    /// Of a tool.
    private record Known(ToolSpec spec, String digest) {}

    /// @param policy the hash of the rules in force
    /// @return in hexadecimal
    public String of(ProposedCall call, String policy) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("tool", ofTool(call.tool()));
        all.set("arguments", call.arguments());
        all.set("bound", Json.MAPPER.valueToTree(call.review().bound()));
        all.set("argv", Json.MAPPER.valueToTree(call.review().argv()));
        all.put("policy", policy);
        return of(all);
    }

    private String ofTool(ToolSpec spec) {
        Known known = tools.get(spec.name());
        if (known != null && isSame(known.spec(), spec)) {
            return known.digest();
        }
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("name", spec.name());
        all.put("description", spec.description());
        all.set("schema", spec.parameters());
        String digest = of(all);
        if (tools.size() >= MOST_TOOLS) {
            tools.clear();
        }
        tools.put(spec.name(), new Known(spec, digest));
        return digest;
    }

    @SuppressWarnings("ReferenceEquality") // to compare what they hold costs more than the digest
    private static boolean isSame(ToolSpec one, ToolSpec other) {
        return one == other;
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
