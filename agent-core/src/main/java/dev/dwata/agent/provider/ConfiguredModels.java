package dev.dwata.agent.provider;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.provider.resilience.Fallback;
import dev.dwata.agent.provider.resilience.OwnThinking;
import dev.dwata.agent.provider.resilience.Priced;
import dev.dwata.agent.provider.resilience.RetryPolicy;
import dev.dwata.agent.provider.resilience.Retrying;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The models of the known providers, of every server that the configuration names, and the built-in offline
/// model.
///
/// | provider | needs | address |
/// |---|---|---|
/// | `anthropic` | `ANTHROPIC_API_KEY` or `ANTHROPIC_BASE_URL` | `ANTHROPIC_BASE_URL` |
/// | `openai` | `OPENAI_API_KEY` or `OPENAI_BASE_URL` | `OPENAI_BASE_URL`, `/v1` included |
/// | `gemini` | `GEMINI_API_KEY`, `GOOGLE_API_KEY` or `GEMINI_BASE_URL` | `GEMINI_BASE_URL` |
/// | `groq` | `GROQ_API_KEY` | |
/// | `mistral` | `MISTRAL_API_KEY` | |
/// | `deepseek` | `DEEPSEEK_API_KEY` | |
/// | `openrouter` | `OPENROUTER_API_KEY` | |
/// | those of [ModelSettings#providers] | their `apiKeyEnv`, if any | their `baseUrl` |
/// | `ollama` | | `OLLAMA_HOST`, else this machine's port 11434 |
/// | `offline` | | |
///
/// OpenAI's own host is asked over its Responses API, any other `OPENAI_BASE_URL` over Chat Completions.
///
/// Where none is chosen it is `DWATA_MODEL`, else the first of these that is configured, in this order. A model
/// that is chosen asks again where that helps ([Retrying]), then asks those that are to stand in for it
/// ([Fallback]), and says what each reply cost where its prices are known.
public final class ConfiguredModels implements Models {
    private static final String OFFLINE = "offline";

    private final Map<String, Provider> providers;
    private final Catalogue catalogue;
    private final Names names;
    private final Map<String, List<String>> fallbacks = new TreeMap<>();
    private final RetryPolicy retry;
    private final String preferred;

    private ConfiguredModels(
            ModelSettings settings, Map<String, Provider> providers, Catalogue catalogue, @Nullable String chosen) {
        this.providers = providers;
        this.catalogue = catalogue;
        this.names = new Names(settings.aliases(), providers.keySet(), catalogue);
        this.retry = settings.retry();
        settings.fallbacks().forEach(this::addFallbacks);
        this.preferred = chosen == null ? firstConfigured() : chosen;
    }

    /// The models that `environment` configures. Nothing is checked before a model is chosen.
    ///
    /// @param environment variables by name, as of [System#getenv()]
    /// @param chosen      the default, `provider/name` or an alias; absent: `DWATA_MODEL`, else the first
    ///                    configured
    /// @param offline     answers as `offline/offline`
    public static ConfiguredModels from(Map<String, String> environment, @Nullable String chosen, ModelClient offline) {
        return from(ModelSettings.NONE, environment, chosen, offline);
    }

    /// The models that `settings` and `environment` configure.
    ///
    /// @throws AgentException with `InvalidRequest` if the settings name a model that there is not
    public static ConfiguredModels from(
            ModelSettings settings, Map<String, String> environment, @Nullable String chosen, ModelClient offline) {
        Environment variables = new Environment(environment);
        Catalogue catalogue = Catalogue.with(settings.models());
        Providers providers = new Providers(variables, new ModelHttp(settings.timeouts()), catalogue);
        return new ConfiguredModels(
                settings,
                providers.all(settings.providers(), offline),
                catalogue,
                chosen == null || chosen.isBlank() ? variables.get("DWATA_MODEL") : chosen);
    }

    @Override
    public Model choose(@Nullable String id) {
        ModelId wanted = names.find(id == null ? preferred : id.strip());
        List<String> others = fallbacks(wanted);
        if (others.stream().noneMatch(this::isReady)) {
            Provider provider = provider(wanted);
            if (provider.client() == null) {
                throw notConfigured(wanted, provider);
            }
            return model(wanted);
        }
        List<Model> chain = new ArrayList<>(List.of(model(wanted)));
        others.forEach(other -> chain.add(model(ModelId.of(other))));
        Model first = chain.getFirst();
        ModelFacts facts = first.facts()
                .withStandIns(chain.stream().skip(1).map(Model::facts).toList());
        return new Model(first.provider(), first.name(), new Fallback(chain), facts);
    }

    @Override
    public List<ModelInfo> list() {
        ModelId first = first();
        Set<String> ids = new LinkedHashSet<>();
        if (first != null) {
            ids.add(first.toString());
        }
        for (Provider provider : providers.values()) {
            Set<String> known = new LinkedHashSet<>(provider.models());
            known.addAll(provider.found().get());
            if (!provider.name().equals(OFFLINE)) {
                known.add("…");
            }
            known.forEach(name -> ids.add(provider.name() + "/" + name));
        }
        return ids.stream().map(id -> info(ModelId.of(id), first)).toList();
    }

    /// The default; absent where it is none, which who asks for it is told.
    private @Nullable ModelId first() {
        try {
            return names.find(preferred);
        } catch (AgentException e) {
            return null;
        }
    }

    private ModelInfo info(ModelId id, @Nullable ModelId first) {
        Provider provider = provider(id);
        boolean chosen =
                provider.client() != null && first != null && first.provider().equals(provider.name());
        boolean found = provider.client() != null && provider.found().get().contains(id.name());
        boolean configured = provider.configured() || chosen || found;
        return new ModelInfo(
                id.toString(),
                configured,
                configured ? null : provider.missing(),
                facts(id),
                names.of(id),
                fallbacks(id));
    }

    /// The model alone. One whose provider lacks something says so when it is asked.
    private Model model(ModelId id) {
        Provider provider = provider(id);
        ModelClient client = provider.client();
        ModelClient asked = client == null
                ? (request, sink) -> {
                    throw notConfigured(id, provider);
                }
                : sturdy(id, client);
        return new Model(id.provider(), id.name(), asked, facts(id));
    }

    /// The offline model needs none of it.
    private ModelClient sturdy(ModelId id, ModelClient client) {
        if (id.provider().equals(OFFLINE)) {
            return client;
        }
        Prices prices = facts(id).prices();
        ModelClient own = new OwnThinking(client, id.toString());
        return new Retrying(prices == null ? own : new Priced(own, prices), retry);
    }

    private ModelFacts facts(ModelId id) {
        ModelFacts facts = catalogue.facts(id);
        Prices prices = provider(id).prices();
        return facts.prices() != null || prices == null
                ? facts
                : facts.with(new ModelFacts(null, null, prices, Set.of()));
    }

    private void addFallbacks(String model, List<String> others) {
        try {
            List<String> chain =
                    others.stream().map(other -> names.find(other).toString()).toList();
            fallbacks.put(
                    model.equals(ModelSettings.EVERY)
                            ? model
                            : names.find(model).toString(),
                    chain);
        } catch (AgentException e) {
            throw new AgentException(new AgentError.InvalidRequest("fallbacks." + model + ": " + e.getMessage()), e);
        }
    }

    private List<String> fallbacks(ModelId model) {
        List<String> chain =
                fallbacks.getOrDefault(model.toString(), fallbacks.getOrDefault(ModelSettings.EVERY, List.of()));
        return chain.stream()
                .filter(other -> !other.equals(model.toString()))
                .distinct()
                .toList();
    }

    private boolean isReady(String id) {
        return provider(ModelId.of(id)).client() != null;
    }

    private Provider provider(ModelId id) {
        Provider provider = providers.get(id.provider());
        if (provider == null) {
            throw new IllegalStateException("there is no provider of " + id);
        }
        return provider;
    }

    private static AgentException notConfigured(ModelId id, Provider provider) {
        return new AgentException(
                new AgentError.ModelNotConfigured("the model " + id + " cannot be asked: " + provider.missing()));
    }

    private String firstConfigured() {
        for (Provider provider : providers.values()) {
            boolean local = provider.name().equals("ollama");
            if (provider.configured() && !local && !provider.models().isEmpty()) {
                return provider.defaultModel();
            }
        }
        throw new IllegalStateException("the offline model is always configured");
    }
}
