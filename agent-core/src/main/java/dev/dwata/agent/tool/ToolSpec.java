package dev.dwata.agent.tool;

import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import tools.jackson.databind.JsonNode;

/// What a model, the policy and recovery must know of a tool.
///
/// @param name        dotted, `group.verb`: parts of `a-z 0-9 _`
/// @param description for the model: what it does and when to use it
/// @param parameters  JSON Schema of the arguments, an object with snake_case names
public record ToolSpec(String name, String description, JsonNode parameters, Effect effect, Approval approval) {
    public ToolSpec {
        if (!name.matches("[a-z0-9_]+(\\.[a-z0-9_]+)*") || name.contains("__") || name.length() > 60) {
            throw new IllegalArgumentException("tool name '" + name
                    + "' must be lower-case words joined by dots, without '__', at most 60 characters");
        }
    }

    /// A spec without its parameters.
    public record Head(String name, String description, Effect effect, Approval approval) {
        public ToolSpec with(JsonNode parameters) {
            return new ToolSpec(name, description, parameters, effect, approval);
        }
    }

    public ToolSpec withApproval(Approval other) {
        return new ToolSpec(name, description, parameters, effect, other);
    }

    /// The name on a provider's wire, where dots are not allowed: `filesystem__read`.
    public String encodedName() {
        return encode(name);
    }

    public static String encode(String name) {
        return name.replace(".", "__");
    }

    /// The dotted name of what a provider calls `encoded`.
    public static String decode(String encoded) {
        return encoded.replace("__", ".");
    }
}
