package dev.dwata.agent.provider;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What people call models, and which models that are.
final class Names {
    private static final Map<String, String> USUAL = Map.of(
            "claude-sonnet", "anthropic/claude-sonnet-5-5",
            "claude-opus", "anthropic/claude-opus-5-5",
            "claude-haiku", "anthropic/claude-haiku-5-5",
            "gpt-4o", "openai/gpt-4o",
            "gemini", "gemini/gemini-3.8-flash",
            "groq", "groq/openai/gpt-oss-120b",
            "offline", "offline/offline");

    private final Map<String, String> aliases = new TreeMap<>(USUAL);
    private final Set<String> providers;
    private final Catalogue catalogue;

    /// @param aliases   besides the usual ones, or in place of them
    /// @param providers names of those there are
    /// @throws AgentException with `InvalidRequest` if an alias is for a model of another provider
    Names(Map<String, String> aliases, Set<String> providers, Catalogue catalogue) {
        aliases.forEach((alias, id) -> {
            if (!providers.contains(ModelId.of(id).provider())) {
                throw new AgentException(new AgentError.InvalidRequest("aliases." + alias
                        + ": there is no provider of '" + id + "'; there are " + String.join(", ", providers)));
            }
        });
        this.aliases.putAll(aliases);
        this.providers = providers;
        this.catalogue = catalogue;
    }

    /// @param name an alias, `provider/name`, or the name of a model that only one provider is known to have
    /// @throws AgentException with `InvalidRequest`, which names what is known
    ModelId find(String name) {
        String full = aliases.getOrDefault(name, name);
        if (ModelId.isOne(full) && providers.contains(ModelId.of(full).provider())) {
            return ModelId.of(full);
        }
        List<String> known = catalogue.named(name);
        if (known.size() == 1 && providers.contains(ModelId.of(known.getFirst()).provider())) {
            return ModelId.of(known.getFirst());
        }
        throw new AgentException(new AgentError.InvalidRequest("there is no model '" + name
                + "': name one as provider/name, where the provider is one of " + String.join(", ", providers)
                + ", or as one of " + String.join(", ", aliases.keySet())));
    }

    /// The aliases of a model.
    List<String> of(ModelId model) {
        List<String> names = new ArrayList<>();
        aliases.forEach((alias, id) -> {
            if (id.equals(model.toString())) {
                names.add(alias);
            }
        });
        return names;
    }
}
