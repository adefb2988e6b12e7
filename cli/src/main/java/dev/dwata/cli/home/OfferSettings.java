package dev.dwata.cli.home;

import dev.dwata.gateway.mcp.McpOffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What agents that others have written may call at a gateway, as `config.json` has it:
///
///     {"mcpServer": {"tools": ["memory.*", "filesystem.read"]}}
final class OfferSettings {
    static final String KEY = "mcpServer";

    private OfferSettings() {}

    /// @throws IllegalArgumentException with a sentence that names what is wrong
    static McpOffer read(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return McpOffer.NONE;
        }
        if (!given.isObject()) {
            throw new IllegalArgumentException(KEY + " must be an object");
        }
        for (String key : given.propertyNames()) {
            if (!key.equals("tools")) {
                throw new IllegalArgumentException(KEY + "." + key + " means nothing; there is tools");
            }
        }
        JsonNode tools = given.path("tools");
        if (!tools.isMissingNode() && !tools.isArray()) {
            throw new IllegalArgumentException(KEY + ".tools must be a list of names");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : tools) {
            names.add(name.asString(""));
        }
        try {
            return McpOffer.of(names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(KEY + ".tools: " + e.getMessage(), e);
        }
    }
}
