package dev.dwata.agent.tool;

import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a model, the policy and recovery must know of a tool.
///
/// @param name        dotted, `group.verb`: parts of letters, digits, `_`, `-`; those of dwata in lower case
/// @param description for the model: what it does and when to use it
/// @param parameters  JSON Schema of the arguments, an object with snake_case names
public record ToolSpec(
        String name, String description, JsonNode parameters, Effect effect, Approval approval, Set<ToolTrait> traits) {
    public ToolSpec {
        traits = Set.copyOf(traits);
        if (!name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*") || name.contains("__") || name.length() > 60) {
            throw new IllegalArgumentException(
                    "tool name '" + name
                            + "' must be words of letters, digits, '_' and '-' joined by dots, without '__', at most 60 characters");
        }
    }

    /// One without traits.
    public ToolSpec(String name, String description, JsonNode parameters, Effect effect, Approval approval) {
        this(name, description, parameters, effect, approval, Set.of());
    }

    /// A spec without its parameters.
    public record Head(String name, String description, Effect effect, Approval approval, Set<ToolTrait> traits) {
        public Head {
            traits = Set.copyOf(traits);
        }

        /// One without traits.
        public Head(String name, String description, Effect effect, Approval approval) {
            this(name, description, effect, approval, Set.of());
        }

        public Head with(ToolTrait... traits) {
            return new Head(name, description, effect, approval, Set.of(traits));
        }

        public ToolSpec with(JsonNode parameters) {
            return new ToolSpec(name, description, parameters, effect, approval, traits);
        }
    }

    public ToolSpec withApproval(Approval other) {
        return new ToolSpec(name, description, parameters, effect, other, traits);
    }

    public boolean has(ToolTrait trait) {
        return traits.contains(trait);
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
