package dev.dwata.agent.provider;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.provider.resilience.OwnThinking;
import dev.dwata.agent.provider.resilience.RetryPolicy;
import dev.dwata.agent.provider.resilience.Retrying;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.StreamTimeouts;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The models of Anthropic, OpenAI, Groq, OpenRouter, Ollama and every server that speaks as OpenAI does, and
/// the built-in offline model.
///
/// | provider | needs | address |
/// |---|---|---|
/// | `anthropic` | `ANTHROPIC_API_KEY` or `ANTHROPIC_BASE_URL` | `ANTHROPIC_BASE_URL` |
/// | `openai` | `OPENAI_API_KEY` or `OPENAI_BASE_URL` | `OPENAI_BASE_URL`, `/v1` included |
/// | `groq` | `GROQ_API_KEY` | |
/// | `openrouter` | `OPENROUTER_API_KEY` | |
/// | `ollama` | | `OLLAMA_HOST`, else this machine's port 11434 |
/// | `offline` | | |
///
/// OpenAI's own host is asked over its Responses API, any other `OPENAI_BASE_URL` over Chat Completions.
/// Where none is chosen it is `DWATA_MODEL`, else the first of these that is configured, in this order.
public final class ConfiguredModels implements Models {
    private static final Map<String, String> ALIASES = Map.of(
            "claude-sonnet", "anthropic/" + Providers.CLAUDE_SONNET,
            "claude-opus", "anthropic/" + Providers.CLAUDE_OPUS,
            "groq", "groq/" + Providers.GROQ,
            "offline", "offline/offline");

    private static final String OFFLINE = "offline";

    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final String preferred;

    private ConfiguredModels(List<Provider> providers, @Nullable String chosen) {
        providers.forEach(provider -> this.providers.put(provider.name(), provider));
        this.preferred = chosen == null ? firstConfigured() : chosen;
    }

    /// The models that `environment` configures. Nothing is checked before a model is chosen.
    ///
    /// @param environment variables by name, as of [System#getenv()]
    /// @param chosen      the default, `provider/name` or an alias; absent: `DWATA_MODEL`, else the first
    ///                    configured
    /// @param offline     answers as `offline/offline`
    public static ConfiguredModels from(Map<String, String> environment, @Nullable String chosen, ModelClient offline) {
        Environment variables = new Environment(environment);
        Providers providers = new Providers(variables, new ModelHttp(StreamTimeouts.DEFAULT));
        return new ConfiguredModels(
                providers.all(offline), chosen == null || chosen.isBlank() ? variables.get("DWATA_MODEL") : chosen);
    }

    @Override
    public Model choose(@Nullable String id) {
        String wanted = id == null ? preferred : id.strip();
        String full = ALIASES.getOrDefault(wanted, wanted);
        int slash = full.indexOf('/');
        Provider provider = slash < 0 ? null : providers.get(full.substring(0, slash));
        if (provider == null || slash == full.length() - 1) {
            throw new AgentException(new AgentError.InvalidRequest(unknown(wanted)));
        }
        ModelClient client = provider.client();
        if (client == null) {
            throw new AgentException(
                    new AgentError.ModelNotConfigured("the model " + full + " cannot be asked: " + provider.missing()));
        }
        return new Model(provider.name(), full.substring(slash + 1), sturdy(full, provider, client));
    }

    /// The offline model needs none of it.
    private static ModelClient sturdy(String id, Provider provider, ModelClient client) {
        return provider.name().equals(OFFLINE)
                ? client
                : new Retrying(new OwnThinking(client, id), RetryPolicy.DEFAULT);
    }

    @Override
    public List<ModelInfo> list() {
        Map<String, ModelInfo> list = new LinkedHashMap<>();
        String first = ALIASES.getOrDefault(preferred, preferred);
        Provider preferredProvider = providers.get(first.split("/", 2)[0]);
        if (preferredProvider != null && first.contains("/")) {
            list.put(first, info(first, preferredProvider));
        }
        for (Provider provider : providers.values()) {
            List<String> names = new ArrayList<>(provider.models());
            if (!provider.name().equals(OFFLINE)) {
                names.add("…");
            }
            for (String name : names) {
                String id = provider.name() + "/" + name;
                list.putIfAbsent(id, info(id, provider));
            }
        }
        return List.copyOf(list.values());
    }

    private ModelInfo info(String id, Provider provider) {
        boolean chosen = provider.client() != null && preferred.startsWith(provider.name() + "/");
        boolean configured = provider.configured() || chosen;
        return new ModelInfo(id, configured, configured ? null : provider.missing());
    }

    private String firstConfigured() {
        for (Provider provider : providers.values()) {
            if (provider.configured() && !provider.name().equals("ollama")) {
                return provider.defaultModel();
            }
        }
        throw new IllegalStateException("the offline model is always configured");
    }

    private String unknown(String id) {
        return "there is no model '" + id + "': name one as provider/name, where the provider is one of "
                + String.join(", ", providers.keySet()) + ", or as one of "
                + String.join(", ", new TreeSet<>(ALIASES.keySet()));
    }
}
