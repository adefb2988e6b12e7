package dev.dwata.mcp;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A tool as its server lists it, made fit for a model.
///
/// @param remoteName what the server calls it
/// @param hash       of all that the model and the policy are told of it: changes when that changes
record ListedTool(String remoteName, ToolSpec spec, String hash) {
    static final int DESCRIPTION_BYTES = 8 * 1024;

    /// @param listed an object with a name and a schema that are known to be good
    static ListedTool of(String name, JsonNode listed, Approval least) {
        JsonNode hints = listed.path("annotations");
        boolean readOnly = hints.path("readOnlyHint").asBoolean(false);
        boolean idempotent = hints.path("idempotentHint").asBoolean(false);
        Approval approval = readOnly ? Approval.NOTIFY : Approval.CONFIRM;
        Set<ToolTrait> traits = EnumSet.of(ToolTrait.FOREIGN);
        if (!readOnly) {
            traits.add(ToolTrait.WRITE);
            traits.add(ToolTrait.EGRESS);
        }
        ToolSpec spec = new ToolSpec(
                name,
                Cut.toBytes(description(listed), DESCRIPTION_BYTES),
                CleanText.of(schema(listed)),
                readOnly ? Effect.PURE : idempotent ? Effect.IDEMPOTENT : Effect.ONCE,
                least.compareTo(approval) > 0 ? least : approval,
                traits);
        return new ListedTool(listed.path("name").stringValue(), spec, hash(listed, readOnly, idempotent));
    }

    private static String description(JsonNode listed) {
        @Nullable String text = text(listed, "description");
        if (text == null) {
            text = text(listed, "title");
        }
        return text == null ? listed.path("name").stringValue() : CleanText.of(text);
    }

    private static @Nullable String text(JsonNode listed, String key) {
        JsonNode value = listed.path(key);
        return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
    }

    private static JsonNode schema(JsonNode listed) {
        ObjectNode schema = listed.path("inputSchema").isObject()
                ? (ObjectNode) listed.path("inputSchema").deepCopy()
                : Json.MAPPER.createObjectNode();
        if (!schema.has("type")) {
            schema.put("type", "object");
        }
        if (!schema.path("properties").isObject()) {
            schema.putObject("properties");
        }
        return schema;
    }

    private static String hash(JsonNode listed, boolean readOnly, boolean idempotent) {
        ObjectNode told = Json.MAPPER.createObjectNode();
        for (String key : new String[] {"name", "title", "description", "inputSchema"}) {
            told.set(key, listed.path(key).isMissingNode() ? Json.MAPPER.nullNode() : listed.path(key));
        }
        return Digests.sha256(told.put("readOnly", readOnly).put("idempotent", idempotent));
    }
}
